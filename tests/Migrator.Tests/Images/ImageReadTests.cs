using System.Text.Json;
using GameImages.Domain.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

/// <summary>gameimages stats, usage, show, used-by, export and find, on a database in which one image is shared.</summary>
public sealed class ImageReadTests
{
    private static readonly ImageContent Shared = Pictures.Content(1);
    private static readonly ImageContent Large = ImageContent.Read(Pictures.Png(2, byteLength: 300_000), new());

    private TestDatabase database = null!;
    private Guid shared;
    private Guid large;

    [OneTimeSetUp]
    public async Task Create_games()
    {
        database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database, new TestCaller(42, 43));
        shared = (await useCases.CreateGameAsync(Shared, Shared)).ThumbnailId!.Value;
        large = (await useCases.CreateGameAsync(Shared, Large, guild: 43)).BannerImageId!.Value;
        await useCases.UploadAsync(Shared, guild: 42);
    }

    [OneTimeTearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task Stats_prints_the_stored_images_and_what_sharing_saves()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(database, "stats", "--json");
        var stats = JsonDocument.Parse(output).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, error), Is.EqualTo((0, "")));
            Assert.That(stats.GetProperty("images").GetInt64(), Is.EqualTo(2));
            Assert.That(stats.GetProperty("references").GetInt64(), Is.EqualTo(4));
            Assert.That(stats.GetProperty("stored_bytes").GetInt64(), Is.EqualTo(Shared.Bytes.Length + Large.Bytes.Length));
            Assert.That(stats.GetProperty("saved_bytes").GetInt64(), Is.EqualTo(2 * Shared.Bytes.Length));
            Assert.That(stats.GetProperty("uploads").GetInt64(), Is.EqualTo(1));
            Assert.That(stats.GetProperty("uploaded_bytes").GetInt64(), Is.EqualTo(Shared.Bytes.Length));
            Assert.That(stats.GetProperty("most_shared")[0].GetProperty("references").GetInt64(), Is.EqualTo(3));
            Assert.That(stats.GetProperty("formats")[0].GetProperty("mime_type").GetString(), Is.EqualTo("image/png"));
            Assert.That(stats.GetProperty("ages")[0].GetProperty("images").GetInt64(), Is.EqualTo(2));
            Assert.That(stats.GetProperty("most_shared").EnumerateArray().Single().GetProperty("id").GetGuid(), Is.EqualTo(shared));
            Assert.That(stats.GetProperty("tables")[0].GetProperty("toast_bytes").GetInt64(), Is.GreaterThan(Large.Bytes.Length));
        });
        Assert.That(
            (await CommandLine.RunAsync(database, "stats")).Output,
            Does.StartWith("2 images, ").And.Contain($"{shared} image/png").And.Contain("game_sessions"));
    }

    [Test]
    public async Task Usage_lists_the_guilds_that_use_most_bytes()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(database, "usage", "--json");
        var usage = JsonDocument.Parse(output).RootElement;
        var guilds = usage.GetProperty("guilds").EnumerateArray().Select(guild => (
            guild.GetProperty("guild_id").GetString(),
            guild.GetProperty("games").GetInt64(),
            guild.GetProperty("images").GetInt64(),
            guild.GetProperty("bytes").GetInt64()));

        Assert.That((exitCode, error, usage.GetProperty("total").GetInt64()), Is.EqualTo((0, "", 2L)));
        Assert.That(
            guilds,
            Is.EqualTo(new[] { ("43", 1L, 2L, (long)Shared.Bytes.Length + Large.Bytes.Length), ("42", 1L, 1L, Shared.Bytes.Length) }));
        Assert.That(
            (await CommandLine.RunAsync(database, "usage", "--limit", "1")).Output,
            Does.EndWith("2 guilds. The 1 that use most bytes are listed."));
    }

    [TestCase("42", 1)]
    [TestCase("44", 0)]
    public async Task Usage_shows_one_guild(string guild, int games)
    {
        var (_, output, _) = await CommandLine.RunAsync(database, "usage", "--guild", guild, "--json");
        var shown = JsonDocument.Parse(output).RootElement.GetProperty("guilds").EnumerateArray().Single();

        Assert.That((shown.GetProperty("guild_id").GetString(), shown.GetProperty("games").GetInt32()), Is.EqualTo((guild, games)));
    }

    [TestCase("0")]
    [TestCase("x")]
    public async Task Usage_of_something_that_is_no_guild_returns_2(string guild) => Assert.That(
        await CommandLine.RunAsync(database, "usage", "--guild", guild),
        Is.EqualTo((2, "", $"gameimages: --guild is \"{guild}\": it has to be the id of a guild. See gameimages usage --help.")));

    [Test]
    public async Task Bloat_is_the_space_that_the_images_do_not_need()
    {
        await using var bloated = await TestDatabase.CreateAsync();
        await using (var useCases = new UseCases(bloated))
            await useCases.CreateGameAsync(Large);
        await bloated.ExecuteAsync("UPDATE game_images SET image_data = image_data || ''");
        await bloated.ExecuteAsync("VACUUM game_images");

        var (_, output, _) = await CommandLine.RunAsync(bloated, "stats", "--json");
        var images = JsonDocument
            .Parse(output)
            .RootElement.GetProperty("tables")
            .EnumerateArray()
            .Single(table => table.GetProperty("table").GetString() == "game_images");
        Assert.That(images.GetProperty("bloat_bytes").GetInt64(), Is.InRange(0.95 * Large.Bytes.Length, 1.1 * Large.Bytes.Length));
    }

    [Test]
    public async Task Show_prints_everything_except_the_bytes()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(database, "show", $"{large}", "--json");
        var image = JsonDocument.Parse(output).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, error), Is.EqualTo((0, "")));
            Assert.That(image.GetProperty("content_hash").GetString(), Is.EqualTo($"{Large.Hash}"));
            Assert.That(image.GetProperty("byte_length").GetInt32(), Is.EqualTo(Large.Bytes.Length));
            Assert.That(image.GetProperty("width").GetInt32(), Is.EqualTo(Large.Size.Width));
            Assert.That(image.GetProperty("reference_count").GetInt32(), Is.EqualTo(1));
        });
        Assert.That(
            (await CommandLine.RunAsync(database, "show", $"{large}")).Output,
            Does.Contain($"{large}.png").And.Contain($"{Large.Hash}"));
    }

    [Test]
    public async Task Used_by_lists_the_games_of_every_guild()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(database, "used-by", $"{shared}", "--json");
        var uses = JsonDocument.Parse(output).RootElement;
        var games = uses.GetProperty("games")
            .EnumerateArray()
            .Select(game =>
                (
                    game.GetProperty("guild_id").GetString(),
                    game.GetProperty("thumbnail").GetBoolean(),
                    game.GetProperty("banner").GetBoolean()));

        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(games, Is.EquivalentTo(new[] { ("42", true, true), ("43", true, false) }));
        Assert.That(
            (await CommandLine.RunAsync(database, "used-by", $"{shared}", "--limit", "1")).Output,
            Does.EndWith("2 games. The latest 1 are listed."));
    }

    [Test]
    public async Task Used_by_lists_the_uploads()
    {
        var (_, output, _) = await CommandLine.RunAsync(database, "used-by", $"{shared}", "--json");
        var uses = JsonDocument.Parse(output).RootElement;
        var upload = uses.GetProperty("uploads").EnumerateArray().Single();

        Assert.That(
            (
                uses.GetProperty("total_uploads").GetInt64(),
                upload.GetProperty("user_id").GetString(),
                upload.GetProperty("guild_id").GetString()),
            Is.EqualTo((1L, "7", "42")));
        Assert.That(
            upload.GetProperty("expires_at").GetDateTimeOffset(),
            Is.EqualTo(DateTimeOffset.UtcNow.AddHours(24)).Within(TimeSpan.FromMinutes(10)));
        Assert.That(
            (await CommandLine.RunAsync(database, "used-by", $"{shared}")).Output,
            Does.Contain($"{upload.GetProperty("upload_id").GetString()} 7").And.Contain("\n1 upload.\n").And.EndWith("2 games."));
    }

    [Test]
    public async Task Used_by_is_refused_if_row_level_security_hides_games()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Migrator"] = database.ConnectionString(EmbeddedServer.Owner) },
            "used-by",
            $"{shared}");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain("gameimages_owner").And.Contain("ConnectionStrings__Administrator"));
    }

    [TestCase("uploads", "stats")]
    [TestCase("guilds", "usage")]
    [TestCase("guilds", "usage", "--guild", "42")]
    public async Task Stats_and_usage_are_refused_if_row_level_security_hides_rows(string rows, params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Administrator"] = database.ConnectionString(Roles.App) }, arguments);

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain($"Row-level security hides {rows} from gameimages_app").And.Contain($"all {rows}"));
    }

    [TestCase("stats", "--json")]
    [TestCase("usage")]
    public async Task The_owner_reads_the_same_stats_and_usage_as_a_superuser(params string[] arguments)
    {
        var asOwner = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Migrator"] = database.ConnectionString(EmbeddedServer.Owner) },
            arguments);

        Assert.That(asOwner, Is.EqualTo(await CommandLine.RunAsync(database, arguments)));
        Assert.That(asOwner.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Export_writes_the_stored_bytes_and_overwrites_no_file()
    {
        var folder = Directory.CreateTempSubdirectory("gameimages-tests.");
        var file = Path.Combine(folder.FullName, "image.png");

        Assert.That((await CommandLine.RunAsync(database, "export", $"{large}", file)).ExitCode, Is.Zero);
        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(Large.Bytes.ToArray()));

        Assert.That((await CommandLine.RunAsync(database, "export", $"{shared}", file)).ExitCode, Is.EqualTo(4));
        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(Large.Bytes.ToArray()));

        Assert.That(
            (
                await CommandLine.RunAsync(database, "export", $"{shared}", Path.Combine(folder.FullName, "nowhere", "image.png"))
            ).ExitCode,
            Is.EqualTo(2));
        Assert.That(folder.GetFiles().Single().FullName, Is.EqualTo(file));
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Export_to_a_full_disk_returns_3_with_one_line()
    {
        var (exitCode, output, error) = await CommandLine.RunShellAsync(database, $"export {large} - > /dev/full");
        Assert.That((exitCode, output), Is.EqualTo((3, "")));
        Assert.That(error.Split('\n'), Has.Length.EqualTo(1).And.All.StartWith("gameimages: "));
    }

    [Test]
    public async Task Export_of_damaged_bytes_warns()
    {
        await using var damaged = await TestDatabase.CreateAsync();
        await using (var useCases = new UseCases(damaged))
            await useCases.CreateGameAsync(Shared);
        await damaged.ExecuteAsync("UPDATE game_images SET image_data = set_byte(image_data, 20, 9)");
        var id = await damaged.SingleAsync<Guid>("SELECT id FROM game_images");

        var (exitCode, output, error) = await CommandLine.RunShellAsync(damaged, $"export {id} - | wc -c; exit ${{PIPESTATUS[0]}}");
        Assert.That((exitCode, output), Is.EqualTo((1, $"{Shared.Bytes.Length}")));
        Assert.That(error, Does.Contain($"{id}").And.Contain("damaged"));
    }

    [Test]
    public async Task Find_identifies_an_image_by_its_bytes_without_metadata()
    {
        var folder = Directory.CreateTempSubdirectory("gameimages-tests.");
        var (known, unknown) = (Path.Combine(folder.FullName, "known"), Path.Combine(folder.FullName, "unknown"));

        // Bytes after the end of an image are not stored.
        await File.WriteAllBytesAsync(known, [.. Shared.Bytes.Span, .. "and more"u8]);
        await File.WriteAllBytesAsync(unknown, Pictures.Png(99));

        var (exitCode, output, error) = await CommandLine.RunAsync(database, "find", known, "--json");
        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(
            JsonDocument.Parse(output).RootElement.GetProperty("images").EnumerateArray().Single().GetProperty("id").GetGuid(),
            Is.EqualTo(shared));

        (exitCode, output, error) = await CommandLine.RunAsync(database, "find", unknown);
        Assert.That((exitCode, error), Is.EqualTo((1, "")));
        Assert.That(output, Does.StartWith("The image is not stored.").And.Contain($"{Pictures.Content(99).Hash}"));

        Assert.That((await CommandLine.RunAsync(database, "find", folder.FullName)).ExitCode, Is.EqualTo(2));
        folder.Delete(recursive: true);
    }

    [TestCase("show")]
    [TestCase("used-by")]
    public async Task An_unknown_image_returns_2_with_one_line(string command)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(database, command, "7f0e1de4-3c1b-4f2c-9a0e-0123456789ab");
        Assert.That((exitCode, output, error), Is.EqualTo((2, "", "gameimages: There is no image 7f0e1de4-3c1b-4f2c-9a0e-0123456789ab.")));

        (exitCode, output, error) = await CommandLine.RunAsync(database, command, "{7f0e}");
        Assert.That(
            (exitCode, output, error),
            Is.EqualTo((2, "", $"gameimages: {{7f0e}} is not the id of an image. See gameimages {command} --help.")));
    }

    [Test]
    public async Task An_older_schema_is_refused()
    {
        await using var older = await TestDatabase.CreateAsync(schemaVersion: 2);
        var (exitCode, output, error) = await CommandLine.RunAsync(older, "stats");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain("version 2").And.Contain("gameimages up"));
    }
}
