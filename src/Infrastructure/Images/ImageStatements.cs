using System.Globalization;
using GameImages.Application;
using GameImages.Domain;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// All SQL that changes the reference count of an image. Each statement of a use case locks one row until its transaction ends, and
/// returns the id of the row.
/// </summary>
internal static class ImageStatements
{
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
        { SqlState: GuildUse.QuotaSqlState, ConstraintName: { } quota, Hint: { } hint } => Exceeded(quota, hint.Split(' ')),
        _ => null,
    };

    private static QuotaExceededException Exceeded(string quota, string[] limitAndUse) => new(
        quota, long.Parse(limitAndUse[0], CultureInfo.InvariantCulture), long.Parse(limitAndUse[1], CultureInfo.InvariantCulture));

    private static NpgsqlBatchCommand WithBytes(this NpgsqlBatchCommand statement, ImageContent content) =>
        statement
            .With("bytes", content.Bytes)
            .With("length", content.Bytes.Length)
            .With("width", content.Size.Width)
            .With("height", content.Size.Height);
}
