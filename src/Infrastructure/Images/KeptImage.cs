using Dapper;
using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>An image row as it was read, without a lock: it may be gone by now, or have another type.</summary>
internal sealed record KeptImage(Guid Id, ContentHash ContentHash, ImageFormat MimeType, bool IsQuarantined)
{
    public const string Columns = "id, content_hash, mime_type, quarantined_at IS NOT NULL AS is_quarantined";

    public ImageKey Key => new(ContentHash, MimeType);

    /// <returns>Those of the pictures that are kept. They may be followed by the same bytes under another type.</returns>
    public static Task<IEnumerable<KeptImage>> FindAsync(IEnumerable<ImageContent> contents, NpgsqlConnection connection, CancellationToken ct) =>
        connection.QueryAsync<KeptImage>(new(
            $"SELECT {Columns} FROM game_images WHERE content_hash = ANY (@digests)",
            new { digests = contents.Select(content => content.Hash.ToDigest()).ToArray() }, cancellationToken: ct));
}
