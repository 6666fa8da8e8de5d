using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>An image row that was read without a lock. By now it may have another count or be deleted.</summary>
internal sealed record StoredImage(
    Guid Id, ContentHash ContentHash, ImageFormat Format, int? Width, int? Height, int ReferenceCount, bool IsQuarantined)
{
    public const string Columns =
        "id, content_hash, mime_type AS format, width, height, reference_count, quarantined_at IS NOT NULL AS is_quarantined";

    public ImageWrite Write(ImageContent? content = null) =>
        new(ToImage(), content, IsQuarantined ? RowState.Quarantined : RowState.Stored);

    /// <returns>The rows with the hashes of one or two contents. Rows with the same bytes under another MIME type are included.</returns>
    public static Task<List<StoredImage>> FindAsync(
        IReadOnlyList<ImageContent> contents, NpgsqlConnection connection, CancellationToken ct) =>
        // Two parameters instead of an array: PostgreSQL plans a statement with an array anew for each length.
        connection.QueryAsync<StoredImage>(new(
            $"SELECT {Columns} FROM game_images WHERE content_hash IN (@one, @other)",
            new { one = contents[0].Hash.ToDigest(), other = contents[^1].Hash.ToDigest() }, cancellationToken: ct));

    /// <summary>Selects the row of a content, if there is one, and locks it until the transaction ends.</summary>
    public static NpgsqlBatchCommand Lock(ImageContent content) =>
        new NpgsqlBatchCommand($"SELECT {Columns} FROM game_images WHERE content_hash = @hash AND mime_type = @type FOR UPDATE")
            .With("hash", content.Hash.ToDigest()).With("type", content.Format.MimeType);

    /// <returns>Null when there is no such row.</returns>
    public static Task<StoredImage?> FindAsync(Guid id, NpgsqlConnection connection, CancellationToken ct) =>
        connection.QuerySingleOrDefaultAsync<StoredImage>(new(
            $"SELECT {Columns} FROM game_images WHERE id = @id", new { id }, cancellationToken: ct));

    /// <returns>Null when the caller may not show such an image on a game.</returns>
    public static async Task<StoredImage?> FindUsableAsync(
        Guid id, CallerSettings caller, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = connection.Batch(
            caller.Statement(),
            new NpgsqlBatchCommand($"SELECT {Columns} FROM game_images WHERE id = @id AND may_use_image(id)").With("id", id));
        return await batch.ReadAsync(
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return (await reader.RowsAsync<StoredImage>(ct)).SingleOrDefault();
            },
            ct);
    }

    /// <summary>Selects the rows of the images that a game shows.</summary>
    public static NpgsqlBatchCommand OfGame(Guid id) => new NpgsqlBatchCommand(
        $"""
        SELECT {Columns} FROM game_images
        WHERE id IN (SELECT unnest(ARRAY[thumbnail_id, banner_image_id]) FROM game_sessions WHERE id = @id)
        """).With("id", id);

    private GameImage ToImage() => new(
        Id, ContentHash, Format, Width is { } width && Height is { } height ? new(width, height) : null, ReferenceCount);
}
