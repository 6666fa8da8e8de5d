using GameImages.Domain;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// All SQL that changes the reference count of an image. Each statement of a use case locks one row until its transaction ends, and
/// returns the id of the row.
/// </summary>
internal static class ImageStatements
{
    /// <summary>Corrects a row according to its bytes and its references.</summary>
    public const string Repair =
        """
        UPDATE game_images
        SET mime_type = @MimeType, byte_length = @ByteLength, width = @Width, height = @Height, reference_count = @References,
            quarantined_at = CASE WHEN @isDamaged THEN @At ELSE quarantined_at END, updated_at = @At
        WHERE id = @Id
        """;

    /// <summary>Selects the SQL that undoes <see cref="Repair"/>, unless the row has changed since.</summary>
    public const string UndoRepair =
        """
        SELECT format(
            'BEGIN; UPDATE game_images SET (mime_type, byte_length, width, height, reference_count, quarantined_at, updated_at)'
            ' = (%L, %L, %L, %L, %L, %L, %L) WHERE id = %L AND updated_at = %L; COMMIT;',
            mime_type, byte_length, width, height, reference_count, quarantined_at, updated_at, id, @At)
        FROM game_images WHERE id = @Id
        """;

    // Without this setting the planner may scan the games: its statistics may still count games that no longer show the image.
    public const string Delete = "SET LOCAL enable_seqscan = off; DELETE FROM game_images WHERE id = @Id";

    /// <summary>Selects the SQL that undoes <see cref="Delete"/>.</summary>
    public const string UndoDelete =
        """
        SELECT format(
            'BEGIN; INSERT INTO game_images (id, content_hash, mime_type, image_data, byte_length, width, height, reference_count, '
            'created_at, updated_at, quarantined_at)'
            ' VALUES (%L, %L, %L, %L, %L, %L, %L, %L, %L, %L, %L) ON CONFLICT DO NOTHING; COMMIT;',
            id, content_hash, mime_type, image_data, byte_length, width, height, reference_count, created_at, updated_at, quarantined_at)
        FROM game_images WHERE id = @Id
        """;

    /// <summary>Adds a number to the count of a row, if there is one.</summary>
    public static NpgsqlBatchCommand Count(Guid id, int delta) => new NpgsqlBatchCommand(
        "UPDATE game_images SET reference_count = reference_count + @delta, updated_at = now() WHERE id = @id RETURNING id")
        .With("id", id).With("delta", delta);

    /// <summary>Inserts an image, or adds to the count of the row that has its content.</summary>
    public static NpgsqlBatchCommand InsertOrCount(GameImage image, ImageContent content, int delta) => new NpgsqlBatchCommand(
        // DO UPDATE instead of DO NOTHING: it waits for the row that another request is inserting, locks it, counts it and returns it.
        """
        INSERT INTO game_images (id, content_hash, mime_type, image_data, byte_length, width, height, reference_count)
        VALUES (@id, @hash, @format, @bytes, @length, @width, @height, @delta)
        ON CONFLICT (content_hash, mime_type)
            DO UPDATE SET reference_count = game_images.reference_count + excluded.reference_count, updated_at = now()
        RETURNING id
        """)
        .With("id", image.Id).With("hash", image.ContentHash.ToDigest()).With("format", image.Format.MimeType)
        .WithBytes(content).With("delta", delta);

    /// <summary>Adds to the count of a row whose bytes were found damaged, and replaces the bytes with those that have its hash.</summary>
    public static NpgsqlBatchCommand RepairAndCount(Guid id, ImageContent content, int delta) => new NpgsqlBatchCommand(
        """
        UPDATE game_images
        SET image_data = @bytes, byte_length = @length, width = @width, height = @height, quarantined_at = NULL,
            reference_count = reference_count + @delta, updated_at = now()
        WHERE id = @id
        RETURNING id
        """)
        .With("id", id).WithBytes(content).With("delta", delta);

    /// <summary>
    /// Deletes the images without a reference. The transaction locked their rows when it counted them, and holds the locks until it
    /// commits. Otherwise another request could add a reference before the deletion. That request waits and then inserts the image again.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> DeleteUnreferenced(IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? [] :
    [
        // ON DELETE SET NULL searches for games that refer to the row. There are none, but the planner's statistics may still say that
        // half of the games show a popular image. It would then read all games.
        new("SELECT set_config('enable_seqscan', 'off', true)"),
        .. ids.Select(id => new NpgsqlBatchCommand("DELETE FROM game_images WHERE id = @id AND reference_count = 0").With("id", id)),
    ];

    /// <returns>The application's exception for a failure of these statements, or null.</returns>
    public static Exception? Refusal(PostgresException fault) => fault switch
    {
        { SqlState: V0004_BlockAndQuarantine.BlockedSqlState } => ImageRefusedException.Blocked(),
        { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: "game_images_reference_count_check" } =>
            new BrokenRuleException("Image", "An image has no reference left to release."),
        _ => null,
    };

    private static NpgsqlBatchCommand WithBytes(this NpgsqlBatchCommand statement, ImageContent content) =>
        statement
            .With("bytes", content.Bytes)
            .With("length", content.Bytes.Length)
            .With("width", content.Size.Width)
            .With("height", content.Size.Height);
}
