using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

/// <summary>Two games, an image that both show, and an image that only the first shows. Tests damage them.</summary>
public abstract class DamagedDatabase : DatabaseTests
{
    protected static readonly ImageContent SharedContent = ImageContent.Read(Pictures.Png(1, byteLength: 20_000), new());
    protected static readonly ImageContent LonelyContent = Pictures.Content(2);

    /// <summary>Begins the insert of an upload for guild 42. The id of its image follows.</summary>
    protected const string Upload =
        "INSERT INTO image_uploads (user_id, guild_id, expires_at, image_id) SELECT '7', 42, now() + interval '1 hour', ";

    /// <summary>Stores a variant of @image with one byte, as the worker does.</summary>
    protected const string MakeVariant =
        "SELECT store_variants(@image, 2, 2, '\\x0102030405', 0, ARRAY[160], ARRAY[160], ARRAY['\\x01'::bytea])";

    /// <summary>The length of the shared image, in words.</summary>
    protected static readonly string SharedBytes = FormattableString.Invariant($"{SharedContent.Bytes.Length:N0} bytes");

    protected GameResponse Game { get; private set; } = null!;

    protected GameResponse OtherGame { get; private set; } = null!;

    protected Guid Shared => Game.ThumbnailId!.Value;

    protected Guid Lonely => Game.BannerImageId!.Value;

    [SetUp]
    public async Task Create_two_games()
    {
        Game = await UseCases.CreateGameAsync(SharedContent, LonelyContent);
        OtherGame = await UseCases.CreateGameAsync(SharedContent);
    }

    /// <summary>
    /// Runs SQL as a superuser, without foreign keys and row-level security. The counts of guilds then agree with the games and uploads.
    /// </summary>
    protected async Task PlantAsync(string sql)
    {
        await PlantUncountedAsync(sql);
        await Database.ExecuteAsync(
            """
            DELETE FROM guild_images; DELETE FROM guild_usage;
            INSERT INTO guild_images (guild_id, image_id, byte_length, games, uploads)
                SELECT guild_id, image_id, octet_length(image_data), sum(games), sum(uploads)
                FROM (
                    SELECT guild_id, image_id, 1 AS games, 0 AS uploads
                    FROM (
                        SELECT DISTINCT id, guild_id, unnest(ARRAY[thumbnail_id, banner_image_id]) AS image_id FROM game_sessions) AS game
                    UNION ALL
                    SELECT guild_id, image_id, 0, 1 FROM image_uploads WHERE guild_id IS NOT NULL) AS reference
                    JOIN game_images ON game_images.id = image_id
                GROUP BY guild_id, image_id, octet_length(image_data);
            INSERT INTO guild_usage
                SELECT guild_id, (SELECT count(*) FROM game_sessions WHERE guild_id = guild.guild_id),
                    count(*) FILTER (WHERE image_id IS NOT NULL), coalesce(sum(byte_length), 0)
                FROM (SELECT DISTINCT guild_id FROM game_sessions UNION SELECT guild_id FROM guild_images) AS guild
                    LEFT JOIN guild_images USING (guild_id)
                GROUP BY guild_id;
            """);
    }

    /// <summary>Runs SQL as a superuser, without foreign keys, triggers and row-level security.</summary>
    protected Task PlantUncountedAsync(string sql) =>
        Database.ExecuteAsync(
            $"SET session_replication_role = replica; {sql}; RESET session_replication_role;",
            new
            {
                Shared,
                Lonely,
                game = Game.Id,
            });

    /// <summary>Runs SQL without the constraint on the length, and then adds the constraint again, without validating it.</summary>
    protected Task PlantLengthAsync(string sql) => PlantAsync(
        $"ALTER TABLE game_images DROP CONSTRAINT game_images_check; {sql}; "
        + "ALTER TABLE game_images ADD CHECK (byte_length = octet_length(image_data)) NOT VALID");

    protected static string NewUndoFile() => Path.Combine(Path.GetTempPath(), $"gameimages-tests.{Guid.NewGuid():N}.sql");

    /// <returns>The exit code, and each problem's kind and message.</returns>
    protected async Task<(int ExitCode, List<(string Kind, string Message)> Problems, JsonElement Document)> VerifyAsync(
        params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(Database, ["verify", "--json", .. arguments]);
        Assert.That(exitCode, Is.LessThan(2), error);

        var document = JsonDocument.Parse(output).RootElement;
        return (
            exitCode,
            [
                .. document
                    .GetProperty("problems")
                    .EnumerateArray()
                    .Select(problem => (problem.GetProperty("kind").GetString()!, problem.GetProperty("message").GetString()!)),
            ],
            document);
    }
}
