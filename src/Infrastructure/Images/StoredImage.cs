using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>An image row as it was read, without a lock: it may have another count or type by now, or be deleted.</summary>
internal sealed record StoredImage(
    Guid Id, ContentHash ContentHash, ImageFormat MimeType, int? Width, int? Height, int ReferenceCount, bool IsQuarantined)
{
    public const string Columns =
        "id, content_hash, mime_type, width, height, reference_count, quarantined_at IS NOT NULL AS is_quarantined";

    public ImageWrite Write(ImageContent? content = null) =>
        new(ToImage(), content, IsQuarantined ? RowState.Quarantined : RowState.Stored);

    /// <returns>The rows of one or two contents, and perhaps of the same bytes under other types.</returns>
    public static Task<List<StoredImage>> FindAsync(
        IReadOnlyList<ImageContent> contents, NpgsqlConnection connection, CancellationToken ct) =>
        // No array: a statement that has one is planned again each time, because its length makes another plan cheaper.
        connection.QueryAsync<StoredImage>(new(
            $"SELECT {Columns} FROM game_images WHERE content_hash IN (@one, @other)",
            new { one = contents[0].Hash.ToDigest(), other = contents[^1].Hash.ToDigest() }, cancellationToken: ct));

    /// <returns>Null when there is no such row.</returns>
    public static Task<StoredImage?> FindAsync(Guid id, NpgsqlConnection connection, CancellationToken ct) =>
        connection.QuerySingleOrDefaultAsync<StoredImage>(new(
            $"SELECT {Columns} FROM game_images WHERE id = @id", new { id }, cancellationToken: ct));

    /// <returns>Selects the rows of the images that a game shows.</returns>
    public static NpgsqlBatchCommand OfGame(Guid id) => new NpgsqlBatchCommand(
        $"""
        SELECT {Columns} FROM game_images
        WHERE id IN (SELECT unnest(ARRAY[thumbnail_id, banner_image_id]) FROM game_sessions WHERE id = @id)
        """).With("id", id);

    private GameImage ToImage() => new(
        Id, ContentHash, MimeType, Width is { } width && Height is { } height ? new(width, height) : null, ReferenceCount);
}
