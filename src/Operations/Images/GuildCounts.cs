using System.Runtime.CompilerServices;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Compares the use of guilds that triggers count with the games, uploads and images.</summary>
internal static class GuildCounts
{
    public static async IAsyncEnumerable<ImageProblem> FindAsync(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var image in connection.QueryUnbufferedAsync<GuildImageDifference>(WrongImages(), ct))
        {
            yield return new(
                ImageProblemKind.WrongGuildImage,
                $"Guild {image.GuildId} is recorded with {image.Before} for image {image.ImageId} instead of {image.After}.",
                image.ImageId,
                GuildId: $"{image.GuildId}");
        }

        await foreach (var use in connection.QueryUnbufferedAsync<GuildUseDifference>(WrongUses(), ct))
        {
            yield return new(
                ImageProblemKind.WrongGuildUsage,
                $"Guild {use.GuildId} is recorded with {use.Before} instead of {use.After}.",
                GuildId: $"{use.GuildId}");
        }
    }

    /// <summary>Selects the rows of guild_images that are wrong, missing or not needed.</summary>
    /// <param name="filter">A condition on guild_id and image_id.</param>
    // A missing image that something refers to is another problem, whose repair corrects the counts. An image in quarantine keeps the
    // length that was counted, because its right bytes may return.
    public static string WrongImages(string filter = "true") =>
        $"""
        WITH used AS (
            SELECT guild_id, image_id, count(*) FILTER (WHERE is_game)::int AS games, count(*) FILTER (WHERE NOT is_game)::int AS uploads
            FROM (
                SELECT guild_id, thumbnail_id AS image_id, true AS is_game FROM game_sessions WHERE thumbnail_id IS NOT NULL
                UNION ALL
                SELECT guild_id, banner_image_id, true FROM game_sessions
                WHERE banner_image_id IS NOT NULL AND banner_image_id IS DISTINCT FROM thumbnail_id
                UNION ALL
                SELECT guild_id, image_id, false FROM image_uploads WHERE guild_id IS NOT NULL) AS reference
            WHERE {filter}
            GROUP BY guild_id, image_id),
        held AS (SELECT * FROM guild_images WHERE {filter}),
        counted AS (
            SELECT guild_id, image_id,
                coalesce(held.games, 0) AS games_before, coalesce(held.uploads, 0) AS uploads_before, held.byte_length AS bytes_before,
                coalesce(used.games, 0) AS games, coalesce(used.uploads, 0) AS uploads,
                CASE WHEN used.image_id IS NULL THEN NULL
                    WHEN quarantined_at IS NULL THEN octet_length(image_data)
                    ELSE coalesce(held.byte_length, octet_length(image_data)) END AS bytes,
                used.image_id IS NOT NULL AND game_images.id IS NULL AS is_dangling
            FROM used FULL JOIN held USING (guild_id, image_id) LEFT JOIN game_images ON game_images.id = image_id)
        SELECT guild_id, image_id, games_before, uploads_before, coalesce(bytes_before, 0) AS bytes_before,
            games, uploads, coalesce(bytes, 0) AS bytes
        FROM counted
        WHERE NOT is_dangling AND (games_before, uploads_before, bytes_before) IS DISTINCT FROM (games, uploads, bytes)
        """;

    /// <summary>Selects the rows of guild_usage that are wrong or missing.</summary>
    /// <param name="filter">A condition on guild_id.</param>
    /// <param name="images">The rows of guild_images to count.</param>
    public static string WrongUses(string filter = "true", string images = "SELECT guild_id, byte_length FROM guild_images") =>
        $"""
        WITH played AS (SELECT guild_id, count(*) AS games FROM game_sessions WHERE {filter} GROUP BY guild_id),
        shown AS (
            SELECT guild_id, count(*) AS images, sum(byte_length)::bigint AS bytes FROM ({images}) AS image
            WHERE {filter} GROUP BY guild_id),
        held AS (SELECT * FROM guild_usage WHERE {filter}),
        counted AS (
            SELECT guild_id,
                coalesce(held.games, 0) AS games_before, coalesce(held.images, 0) AS images_before,
                coalesce(held.bytes, 0) AS bytes_before,
                coalesce(played.games, 0) AS games, coalesce(shown.images, 0) AS images, coalesce(shown.bytes, 0) AS bytes
            FROM held FULL JOIN played USING (guild_id) FULL JOIN shown USING (guild_id))
        SELECT * FROM counted WHERE (games_before, images_before, bytes_before) <> (games, images, bytes)
        """;
}

/// <summary>A row of guild_images, as it is and as it has to be. Without games and uploads, there is no row.</summary>
internal sealed record GuildImageDifference(
    long GuildId, Guid ImageId, int GamesBefore, int UploadsBefore, int BytesBefore, int Games, int Uploads, int Bytes)
{
    public string Before => Words(GamesBefore, UploadsBefore, BytesBefore);

    public string After => Words(Games, Uploads, Bytes);

    private static string Words(int games, int uploads, int bytes) =>
        $"{StepEffect.Count(games, "game")}, {StepEffect.Count(uploads, "upload")} and {StepEffect.Count(bytes, "byte")}";
}

/// <summary>A row of guild_usage, as it is and as it has to be.</summary>
internal sealed record GuildUseDifference(
    long GuildId, long GamesBefore, long ImagesBefore, long BytesBefore, long Games, long Images, long Bytes)
{
    public string Before => Words(GamesBefore, ImagesBefore, BytesBefore);

    public string After => Words(Games, Images, Bytes);

    private static string Words(long games, long images, long bytes) =>
        $"{StepEffect.Count(games, "game")}, {StepEffect.Count(images, "image")} and {StepEffect.Count(bytes, "byte")}";
}
