using System.Text.Json;
using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;
using GameImages.Testing;
using Microsoft.Extensions.Logging;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>The images that a member may show on games: their order, their counts, and the plans of PostgreSQL for them.</summary>
public sealed class ImageLibraryTests : DatabaseTests
{
    private const int Limit = 21;

    protected override TestCaller Caller => new(42, 44);

    [Test]
    public async Task The_image_that_was_used_last_comes_first_and_each_is_listed_once()
    {
        var upload = await UseCases.UploadAsync(Pictures.Content(1), 42);
        var other = await UseCases.UploadAsync(Pictures.Content(2));
        var game = await UseCases.CreateGameAsync(Pictures.Content(3), Pictures.Content(1));
        var again = await UseCases.UploadAsync(Pictures.Content(3));

        var images = (await UseCases.SendAsync(new ListImages { GuildId = new Snowflake(42) })).Items;
        Assert.That(images.Select(image => image.Id), Is.EqualTo(new[] { again.Id, upload.Id, other.Id }));
        Assert.That(images.Select(image => image.Games), Is.EqualTo(new[] { 1, 1, 0 }));
        Assert.That(images.Select(image => image.ExpiresAt), Has.All.Not.Null);
        Assert.That(images[0], Has.Property("Width").EqualTo(2).And.Property("ByteLength").EqualTo(Pictures.Content(3).Bytes.Length));

        var mine = (await UseCases.SendAsync(new ListImages())).Items;
        Assert.That(mine.Select(image => image.Id), Is.EqualTo(new[] { again.Id, other.Id, upload.Id }));

        await UseCases.SendAsync(new DeleteGame(game.Id));
        await Database.ExecuteAsync("UPDATE image_uploads SET expires_at = now()");
        Assert.That((await UseCases.SendAsync(new ListImages { GuildId = new Snowflake(42) })).Items, Is.Empty);
    }

    [Test]
    public async Task Only_games_of_the_caller_s_guilds_are_counted_and_listed()
    {
        await using var stranger = new UseCases(Database, new TestCaller(43) { Id = "8" });
        await stranger.CreateGameAsync(Pictures.Content(1), guild: 43);
        await stranger.CreateGameAsync(Pictures.Content(2), guild: 43);
        await stranger.UploadAsync(Pictures.Content(3), 43);
        await UseCases.CreateGameAsync(Pictures.Content(1));
        await UseCases.CreateGameAsync(Pictures.Content(1), guild: 44);

        var image = (await UseCases.SendAsync(new ListImages { GuildId = new Snowflake(42) })).Items.Single();
        Assert.That(image.Games, Is.EqualTo(2));
        Assert.That(image.ExpiresAt, Is.Null);
    }

    [Test]
    public async Task Pages_contain_every_image_once_and_in_order()
    {
        await FillAsync(images: 500, uploads: 100);
        foreach (var guild in new long?[] { 42, null })
        {
            var listed = new List<Guid>();
            for (PageCursor? cursor = null; ;)
            {
                var page = await UseCases.SendAsync(new ListImages { GuildId = Snowflake(guild), Cursor = cursor, Limit = 17 });
                listed.AddRange(page.Items.Select(image => image.Id));
                if ((cursor = page.NextCursor) is null)
                    break;
            }

            Assert.That(listed, Is.EqualTo(await Database.QueryAsync<Guid>(
                """
                SELECT image_id FROM (
                    SELECT image_id, used_at FROM guild_images WHERE guild_id = @guild
                    UNION ALL SELECT image_id, used_at FROM image_uploads WHERE user_id = '7') AS image
                GROUP BY image_id ORDER BY max(used_at) DESC, image_id DESC
                """,
                new { guild })));
        }
    }

    [Category("Long")]
    [Test]
    public async Task Indexes_return_a_page_at_any_depth_of_a_hundred_thousand_images([Values("custom", "generic")] string plans)
    {
        await FillAsync(images: 100_000, uploads: 200);
        await ServerLog.LogPlansAsync(Database);
        try
        {
            foreach (var depth in new[] { 0, 50_000, 99_900 })
            {
                var cursor = depth == 0 ? null : await Database.SingleAsync<PageCursor>(
                    "SELECT used_at AS time, image_id AS id FROM guild_images ORDER BY used_at DESC, image_id DESC OFFSET @depth LIMIT 1",
                    new { depth });
                foreach (var guild in new long?[] { 42, null })
                {
                    var log = new ServerLog();
                    using var loggers = new LoggerFactory([log], new LoggerFilterOptions { MinLevel = LogLevel.Debug });
                    await using var source = ServerLog.Builder(Database, plans).UseLoggerFactory(loggers).Build();
                    await new ImageLibrary(new(source, source), Caller, new())
                        .ListAsync(new() { GuildId = Snowflake(guild), Cursor = cursor }, Limit, default);

                    var nodes = log.Plan("found.image_id");
                    var plan = $"depth {depth}, guild {guild}: " + string.Join("; ", nodes.Select(Describe));
                    Assert.That(nodes.Select(node => ServerLog.Text(node, "Node Type")), Has.None.EqualTo("Seq Scan"), plan);
                    Assert.That(nodes.Sum(Rows), Is.LessThan(30 * Limit), plan);
                }
            }
        }
        finally
        {
            await Database.ExecuteAsync($"ALTER DATABASE \"{Database.Name}\" RESET ALL");
        }
    }

    private static Snowflake? Snowflake(long? guild) => guild is { } id ? new Snowflake(id) : null;

    private static double Rows(JsonElement node) =>
        ServerLog.Text(node, "Relation Name") is null
            ? 0
            : node.GetProperty("Actual Loops").GetDouble()
                * (node.GetProperty("Actual Rows").GetDouble() + Number(node, "Rows Removed by Filter")
                    + Number(node, "Rows Removed by Join Filter"));

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var number) ? number.GetDouble() : 0;

    private static string Describe(JsonElement node) =>
        $"{ServerLog.Text(node, "Node Type")} {ServerLog.Text(node, "Relation Name")} {ServerLog.Text(node, "Index Name")} {Rows(node)}";

    // The counts need not fit, because lists do not use them. Every third upload is of an image that the guild shows, too.
    private Task FillAsync(int images, int uploads) => Database.ExecuteAsync(
        """
        SET session_replication_role = replica;
        INSERT INTO game_images (id, content_hash, mime_type, image_data, byte_length, width, height, reference_count)
        SELECT gen_random_uuid(), sha256(n::text::bytea), 'image/png', 'x', 1, 1, 1, 1 FROM generate_series(1, @images + @uploads) AS n;
        INSERT INTO guild_images (image_id, guild_id, byte_length, games, used_at)
        SELECT id, guild, 1, 1, '2026-02-07Z'::timestamptz + n / 3 * interval '1 second'
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM game_images) AS image CROSS JOIN unnest(ARRAY[42, 43]) AS guild
        WHERE n <= @images AND (guild = 42 OR n % 10 = 0);
        INSERT INTO image_uploads (image_id, user_id, used_at, expires_at)
        SELECT id, '7', '2026-02-07Z'::timestamptz + n * (@images / @uploads) / 3 * interval '1 second', now() + interval '1 day'
        FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM game_images) AS image
        WHERE n <= @uploads OR n > @images AND n % 3 = 0;
        RESET session_replication_role;
        ANALYZE game_images, guild_images, image_uploads;
        """,
        new { images, uploads });
}
