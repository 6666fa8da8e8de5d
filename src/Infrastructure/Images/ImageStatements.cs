using GameImages.Domain;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// All SQL that changes the count of an image. Each statement of a use case locks one row until its transaction ends, and returns its id.
/// </summary>
internal static class ImageStatements
{
    /// <summary>Changes the count of a row, if there is one.</summary>
    public static NpgsqlBatchCommand Count(Guid id, int change) => new NpgsqlBatchCommand(
        "UPDATE game_images SET reference_count = reference_count + @change, updated_at = now() WHERE id = @id RETURNING id")
        .With("id", id).With("change", change);

    /// <summary>Inserts an image, or counts the row that it has already.</summary>
    public static NpgsqlBatchCommand InsertOrCount(GameImage image, ImageContent content, int change) => new NpgsqlBatchCommand(
        // DO UPDATE rather than DO NOTHING: it waits for, locks, counts and returns the row that another game stored first.
        """
        INSERT INTO game_images (id, content_hash, mime_type, image_data, byte_length, width, height, reference_count)
        VALUES (@id, @hash, @format, @bytes, @length, @width, @height, @change)
        ON CONFLICT (content_hash, mime_type) DO UPDATE SET reference_count = game_images.reference_count + excluded.reference_count, updated_at = now()
        RETURNING id
        """)
        .With("id", image.Id).With("hash", image.ContentHash.ToDigest()).With("format", image.Format.MimeType)
        .WithBytes(content).With("change", change);

    /// <summary>Changes the count of a row whose bytes were found damaged, and gives it the bytes that have its hash.</summary>
    public static NpgsqlBatchCommand RepairAndCount(Guid id, ImageContent content, int change) => new NpgsqlBatchCommand(
        """
        UPDATE game_images
        SET image_data = @bytes, byte_length = @length, width = @width, height = @height, quarantined_at = NULL,
            reference_count = reference_count + @change, updated_at = now()
        WHERE id = @id
        RETURNING id
        """)
        .With("id", id).WithBytes(content).With("change", change);

    /// <summary>Deletes those of the images that count zero. The transaction has locked them when it counted, so nobody else decides that.</summary>
    public static IEnumerable<NpgsqlBatchCommand> DeleteUnreferenced(IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? [] :
    [
        // ON DELETE SET NULL looks for games that refer to the row. There are none any more, but by its statistics the planner may still
        // believe that a popular picture is on half of them, and read them all.
        new("SELECT set_config('enable_seqscan', 'off', true)"),
        .. ids.Select(id => new NpgsqlBatchCommand("DELETE FROM game_images WHERE id = @id AND reference_count = 0").With("id", id)),
    ];

    /// <returns>What a failure of these statements means to the application, or null.</returns>
    public static Exception? Refusal(PostgresException fault) => fault switch
    {
        { SqlState: V0004_BlockAndQuarantine.BlockedSqlState } => ImageRefusedException.Blocked(),
        { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: "game_images_reference_count_check" } =>
            new BrokenRuleException("image", "An image has no reference left to release."),
        _ => null,
    };

    private static NpgsqlBatchCommand WithBytes(this NpgsqlBatchCommand statement, ImageContent content) =>
        statement
            .With("bytes", content.Bytes)
            .With("length", content.Bytes.Length)
            .With("width", content.Size.Width)
            .With("height", content.Size.Height);
}
