using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Uploads;

/// <summary>The statements that write uploads.</summary>
internal static class UploadStatements
{
    private const string Stored = "(SELECT id FROM game_images WHERE content_hash = @hash AND mime_type = @type)";

    // An image of schema version 1 has no size when its header states none. Here its content is known.
    private const string Upload =
        """
        SELECT image_id AS id, coalesce(game_images.width, @width) AS width, coalesce(game_images.height, @height) AS height,
            mime_type, byte_length, expires_at
        """;

    /// <summary>Selects an upload from the answer that was kept for a key.</summary>
    public const string Answer =
        """
        upload.* FROM idempotency_keys CROSS JOIN LATERAL jsonb_to_record(answer)
            AS upload (id uuid, width integer, height integer, mime_type text, byte_length integer, expires_at timestamptz)
        """;

    /// <summary>Selects whether the caller has an upload of this content.</summary>
    public static NpgsqlBatchCommand Exists(ImageContent content, string userId) => Of(
        $"SELECT EXISTS (SELECT FROM image_uploads WHERE user_id = @user AND image_id = {Stored})", content, userId);

    public static NpgsqlBatchCommand Insert(ImageContent content, string userId, Snowflake? guildId, TimeSpan lifetime) => WithImage(
        $"""
        INSERT INTO image_uploads (user_id, image_id, guild_id, expires_at)
        VALUES (@user, {Stored}, @guild, now() + @lifetime) RETURNING image_id, expires_at
        """,
        content, userId).With("guild", guildId?.Value).With("lifetime", lifetime);

    /// <summary>
    /// Makes an upload last as long as a new one. Without a guild, it stays with its guild, if the caller is still a member.
    /// </summary>
    public static NpgsqlBatchCommand Renew(ImageContent content, string userId, Snowflake? guildId, TimeSpan lifetime) => WithImage(
        $"""
        UPDATE image_uploads
        SET expires_at = now() + @lifetime, used_at = clock_timestamp(),
            guild_id = coalesce(@guild, CASE WHEN {ForeignImages.OfCaller} THEN guild_id END)
        WHERE user_id = @user AND image_id = {Stored} RETURNING image_id, expires_at
        """,
        content, userId).With("guild", guildId?.Value).With("lifetime", lifetime);

    /// <summary>Selects the answer to keep for a key.</summary>
    public static NpgsqlBatchCommand KeepAnswer(ImageContent content, string userId) => Of(
        $"""
        SELECT to_jsonb(upload) FROM (
            {Upload} FROM image_uploads JOIN game_images ON game_images.id = image_id
            WHERE user_id = @user AND image_id = {Stored}) AS upload
        """,
        content, userId).With("width", content.Size.Width).With("height", content.Size.Height);

    private static NpgsqlBatchCommand WithImage(string write, ImageContent content, string userId) => Of(
        $"WITH upload AS ({write}) {Upload} FROM upload JOIN game_images ON game_images.id = image_id", content, userId)
        .With("width", content.Size.Width).With("height", content.Size.Height);

    private static NpgsqlBatchCommand Of(string sql, ImageContent content, string userId) =>
        new NpgsqlBatchCommand(sql).With("user", userId).With("hash", content.Hash.ToDigest()).With("type", content.Format.MimeType);
}
