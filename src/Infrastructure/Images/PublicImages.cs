using Dapper;
using GameImages.Application.Images;
using GameImages.Domain.Images;

namespace GameImages.Infrastructure.Images;

internal sealed class PublicImages(PublicDatabase database) : IPublicImages
{
    public async Task<PublicImage?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<(ImageFormat Format, ContentHash Hash, int ByteLength, DateTime CreatedAt)?>(new(
            "SELECT mime_type, content_hash, byte_length, created_at FROM game_images WHERE id = @id AND quarantined_at IS NULL",
            new { id }, cancellationToken: ct));

        return row is { } image
            ? new(image.Format, image.Hash, image.ByteLength, image.CreatedAt, new ImageDataStream(database, id, image.ByteLength))
            : null;
    }
}
