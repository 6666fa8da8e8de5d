using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Images;

internal sealed class ImageLibrary(ListDatabase database, ICaller caller, Quotas quotas) : IImageLibrary
{
    // Row-level security shows the counts of the caller's guilds only.
    private static readonly string Columns =
        $"""
        found.image_id AS id, mime_type, coalesce(shown_width, width) AS width, coalesce(shown_height, height) AS height, byte_length,
            found.used_at,
            (SELECT coalesce(sum(games), 0)::bigint FROM guild_images WHERE image_id = found.image_id) AS games,
            (SELECT expires_at FROM image_uploads
            WHERE user_id = @user AND image_id = found.image_id AND expires_at > now()) AS expires_at,
            {ImageAppearance.Of("found.image_id", "NULL")} AS image
        """;

    public async Task<IReadOnlyList<LibraryImage>> ListAsync(ListImages filter, int limit, CancellationToken ct)
    {
        var list = new NpgsqlBatchCommand(Sql(filter)).With("user", caller.Id).With("limit", limit);
        if (filter.GuildId is { } guild)
            list.With("guild", guild.Value);
        if (filter.Cursor is { } cursor)
            list.With("after", cursor.Time).With("afterId", cursor.Id);

        return await QueryAsync<LibraryImage>(list, ct);
    }

    public async Task<GuildUse> GetUseAsync(Snowflake guildId, CancellationToken ct) =>
        (await QueryAsync<GuildUse>(Use(guildId), ct)).SingleOrDefault(new GuildUse(0, 0, 0));

    private static NpgsqlBatchCommand Use(Snowflake guildId) =>
        new NpgsqlBatchCommand("SELECT games, images, bytes FROM guild_usage WHERE guild_id = @guild").With("guild", guildId.Value);

    // Two indexes have the images of the guild and the uploads of the caller in order. An image that is in both is listed once, where it
    // was used last.
    private static string Sql(ListImages filter)
    {
        var after = filter.Cursor is null ? "" : " AND (used_at, image_id) < (@after, @afterId)";
        var uploads =
            $"""
            SELECT image_id, used_at FROM image_uploads AS upload
            WHERE user_id = @user AND expires_at > now(){after}
            """;

        if (filter.GuildId is null)
            return $"SELECT {Columns} FROM ({Page(uploads)}) AS found JOIN game_images ON game_images.id = image_id {LastUsedFirst}";

        var shown =
            $"""
            SELECT image_id, used_at FROM guild_images AS shown
            WHERE guild_id = @guild AND games > 0{after} AND NOT EXISTS (
                SELECT FROM image_uploads
                WHERE user_id = @user AND image_id = shown.image_id AND expires_at > now() AND used_at > shown.used_at)
            """;
        uploads +=
            """
             AND NOT EXISTS (
                SELECT FROM guild_images
                WHERE image_id = upload.image_id AND guild_id = @guild AND games > 0 AND used_at >= upload.used_at)
            """;
        return
            $"""
            SELECT {Columns}
            FROM ({Page($"SELECT * FROM (({Page(shown)}) UNION ALL ({Page(uploads)})) AS image")}) AS found
                JOIN game_images ON game_images.id = image_id
            {LastUsedFirst}
            """;
    }

    private const string LastUsedFirst = "ORDER BY used_at DESC, image_id DESC";

    private static string Page(string sql) => $"{sql} {LastUsedFirst} LIMIT @limit";

    private async Task<List<T>> QueryAsync<T>(NpgsqlBatchCommand query, CancellationToken ct)
    {
        await using var connection = await database.Lists.OpenConnectionAsync(ct);
        await using var batch = connection.Batch(CallerSettings.Of(caller, quotas).Statement(), query);
        return await batch.ReadAsync(
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return await reader.RowsAsync<T>(ct);
            },
            ct);
    }
}
