using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>An image row as it was read, without a lock: it may be gone by now, or have another type.</summary>
internal sealed record KeptImage(Guid Id, ContentHash ContentHash, ImageFormat MimeType, bool IsQuarantined)
{
    public const string Columns = "id, content_hash, mime_type, quarantined_at IS NOT NULL AS is_quarantined";

    public ImageKey Key => new(ContentHash, MimeType);

    /// <returns>Those of one or two pictures that are kept, and perhaps the same bytes under other types.</returns>
    public static Task<List<KeptImage>> FindAsync(
        IReadOnlyList<ImageContent> contents, NpgsqlConnection connection, CancellationToken ct) =>
        // No array: a statement that has one is planned again each time, because its length makes another plan cheaper.
        connection.QueryAsync<KeptImage>(new(
            $"SELECT {Columns} FROM game_images WHERE content_hash IN (@one, @other)",
            new { one = contents[0].Hash.ToDigest(), other = contents[^1].Hash.ToDigest() }, cancellationToken: ct));
}
