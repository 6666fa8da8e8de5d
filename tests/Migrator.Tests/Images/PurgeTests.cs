using System.Text.Json;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.EmbeddedPostgres;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Images;

public sealed class PurgeTests : DatabaseTests
{
    private static readonly ImageContent Content = Pictures.Content(1);
    private static readonly string Hash = $"{Content.Hash}";

    private string folder = "";
    private Guid image;

    protected override TestCaller Caller => new(42, 43);

    [OneTimeSetUp]
    public void Create_the_folder() => folder = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;

    [OneTimeTearDown]
    public void Delete_the_folder() => Directory.Delete(folder, recursive: true);

    [SetUp]
    public async Task Create_two_games_that_show_an_image()
    {
        image = (await UseCases.CreateGameAsync(Content, Pictures.Content(2))).ThumbnailId!.Value;
        await UseCases.CreateGameAsync(Content, guild: 43);
    }

    [TearDown]
    public async Task Expect_consistency() => Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);

    [Test]
    public async Task It_prints_the_deleted_image_and_who_may_still_show_it()
    {
        await UseCases.UploadAsync(Content, guild: 42);
        var (exitCode, output, error) = await RunAsync(Database, "purge", $"{image}", "--yes");

        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(output, Is.EqualTo(
            $"""
            Deleted image {image} (image/png, {Content.Bytes.Length} bytes, content hash {Hash}).
            2 games showed it, and 1 upload held it.
            These may still show it:
            - this service: no longer
            - browsers and proxies: 60 minutes at most (max-age=3600)
            - Discord: each message until it is edited or deleted, and its media proxy as long as it likes
            """));
        Assert.That(await ImagesAsync(), Is.EqualTo(new[] { Pictures.Content(2).Hash }));
    }

    [Test]
    public async Task Kept_answers_show_the_image_no_more()
    {
        await Database.ExecuteAsync(
            """
            INSERT INTO idempotency_keys (user_id, key, fingerprint, answer, expires_at)
            SELECT '7', thumbnail_id, sha256(''), to_jsonb(game) || '{"thumbnail": {"placeholder": "x"}, "banner": {"placeholder": "y"}}',
                now() + interval '1 hour'
            FROM (
                SELECT id, thumbnail_id, banner_image_id, 'secret' AS thumbnail_alt, 'harmless' AS banner_alt
                FROM game_sessions WHERE guild_id = 42) AS game
            """);
        await RunAsync(Database, "purge", $"{image}", "--yes");

        var answer = await Database.SingleAsync<string>("SELECT answer::text FROM idempotency_keys");
        Assert.That(answer, Does.Contain("\"thumbnail\": null").And.Contain("harmless").And.Contain("\"y\"").And.Not.Contain("secret"));
    }

    [Test]
    public async Task Json_has_the_same_content()
    {
        var (exitCode, output, _) = await RunAsync(
            Database,
            "purge",
            "--hash",
            Hash.ToUpperInvariant(),
            "--block",
            "--reason",
            "Not ours",
            "--yes",
            "--json");
        var result = JsonDocument.Parse(output).RootElement;
        var removed = result.GetProperty("images").EnumerateArray().Single();

        Assert.That(exitCode, Is.Zero);
        Assert.That(
            (
                removed.GetProperty("id").GetGuid(),
                removed.GetProperty("content_hash").GetString(),
                removed.GetProperty("mime_type").GetString(),
                removed.GetProperty("byte_length").GetInt32()),
            Is.EqualTo((image, Hash, "image/png", Content.Bytes.Length)));
        Assert.That(
            (
                result.GetProperty("games").GetInt32(),
                result.GetProperty("uploads").GetInt32(),
                result.GetProperty("bytes").GetInt32(),
                result.GetProperty("reason").GetString()),
            Is.EqualTo((2, 0, Content.Bytes.Length, "Not ours")));
        Assert.That(result.GetProperty("blocked").EnumerateArray().Select(hash => hash.GetString()), Is.EqualTo(new[] { Hash }));
        Assert.That(
            result
                .GetProperty("holders")
                .EnumerateArray()
                .Select(holder => holder.TryGetProperty("max_seconds", out var seconds) ? seconds.GetInt32() : -1),
            Is.EqualTo(new[] { 0, 3600, -1 }));
    }

    [TestCase("as it is stored")]
    [TestCase("with metadata")]
    public async Task A_file_names_the_image_with_or_without_metadata(string how)
    {
        var path = await WriteAsync(how == "as it is stored" ? Content.Bytes.ToArray() : [.. Content.Bytes.Span, 1, 2, 3]);

        Assert.That((await RunAsync(Database, "purge", "--file", path, "--block", "--yes")).ExitCode, Is.Zero);
        Assert.That(await ImagesAsync(), Is.EqualTo(new[] { Pictures.Content(2).Hash }));
        Assert.That(() => UseCases.CreateGameAsync(Content), Throws.TypeOf<ImageRefusedException>());
    }

    [Test]
    public async Task Without_yes_it_prints_its_plan_and_returns_4()
    {
        var (exitCode, output, error) = await RunAsync(Database, "purge", $"{image}", "--block");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(
            error,
            Does.Contain($"This deletes 1 image of {Content.Bytes.Length} bytes ({image}), ")
                .And.Contain(", removes it from 2 games and 0 uploads, and blocks it.")
                .And.Contain("--yes"));
        Assert.That(await ImagesAsync(), Has.Count.EqualTo(2));
        Assert.That((await RunAsync(Database, "blocked")).Output, Is.EqualTo("No image is blocked."));
    }

    [Test]
    public async Task An_image_is_blocked_listed_and_unblocked()
    {
        var unknown = $"{Pictures.Content(3).Hash}";
        Assert.That(
            await RunAsync(Database, "purge", "--hash", unknown, "--block", "--reason", "Not ours"),
            Is.EqualTo((0, $"The image was not stored.\nBlocked {unknown}.", "")));
        Assert.That(() => UseCases.CreateGameAsync(Pictures.Content(3)), Throws.TypeOf<ImageRefusedException>());
        Assert.That((await RunAsync(Database, "purge", $"{image}", "--block", "--yes")).ExitCode, Is.Zero);

        Assert.That(
            (await RunAsync(Database, "blocked")).Output,
            Does.Match(
                $"^{Hash} since [^\n]+Z by {EmbeddedServer.Superuser}\n{unknown} since [^\n]+Z by {EmbeddedServer.Superuser}: Not ours$"));
        var listed = JsonDocument.Parse((await RunAsync(Database, "blocked", "--json")).Output).RootElement.EnumerateArray().ToList();
        Assert.That(listed.Select(block => block.GetProperty("content_hash").GetString()), Is.EqualTo(new[] { Hash, unknown }));
        Assert.That(listed[1].GetProperty("reason").GetString(), Is.EqualTo("Not ours"));
        Assert.That(
            listed[1].GetProperty("blocked_at").GetDateTimeOffset(),
            Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)));

        Assert.That(
            await RunAsync(Database, "unblock", unknown.ToUpperInvariant(), Hash),
            Is.EqualTo((0, $"Unblocked {unknown}.\nUnblocked {Hash}.", "")));
        Assert.That((await RunAsync(Database, "blocked", "--json")).Output, Is.EqualTo("[]"));
        Assert.That((await UseCases.CreateGameAsync(Content)).ThumbnailId, Is.Not.Null.And.Not.EqualTo(image));
    }

    [Test]
    public async Task Unblock_unblocks_all_hashes_or_none()
    {
        await RunAsync(Database, "purge", $"{image}", "--block", "--yes");
        var (exitCode, _, error) = await RunAsync(Database, "unblock", Hash, $"{Pictures.Content(2).Hash}");

        Assert.That((exitCode, error), Is.EqualTo((2, $"gameimages: {Pictures.Content(2).Hash} is not blocked.")));
        Assert.That((await RunAsync(Database, "blocked")).Output, Does.Contain(Hash));
    }

    [Test]
    public async Task The_owner_is_refused_because_row_level_security_hides_games()
    {
        var owner = new Dictionary<string, string> { ["ConnectionStrings__Migrator"] = Database.ConnectionString(EmbeddedServer.Owner) };
        var (exitCode, _, error) = await RunAsync(owner, "purge", $"{image}", "--yes");

        Assert.That((exitCode, error.Split('\n').Length), Is.EqualTo((4, 1)), error);
        Assert.That(error, Does.Contain("ConnectionStrings__Administrator"));
        Assert.That(await ImagesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_administrator_needs_only_BYPASSRLS_and_membership_in_the_owner()
    {
        var name = $"operator_{Guid.NewGuid():N}";
        await Database.ExecuteAsync($"CREATE ROLE {name} LOGIN BYPASSRLS PASSWORD 'x'; GRANT {EmbeddedServer.Owner} TO {name}");
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(Database.ConnectionString(EmbeddedServer.Superuser))
        {
            Username = name,
            Password = "x",
        };
        var environment = new Dictionary<string, string> { ["ConnectionStrings__Administrator"] = connection.ConnectionString };

        Assert.That((await RunAsync(environment, "purge", $"{image}", "--block", "--yes")).ExitCode, Is.Zero);
        Assert.That((await RunAsync(environment, "blocked")).Output, Does.Contain(name));
    }

    [TestCase("purge")]
    [TestCase("purge", "{image}", "--hash", "{hash}")]
    [TestCase("purge", "{image}", "--file", "{file}")]
    [TestCase("purge", "nonsense")]
    [TestCase("purge", "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01")]
    [TestCase("purge", "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01", "--block")]
    [TestCase("purge", "--hash", "{other}")]
    [TestCase("purge", "--hash", "abc")]
    [TestCase("purge", "--hash", "")]
    [TestCase("purge", "--file", "{text}")]
    [TestCase("purge", "--file", "{folder}")]
    [TestCase("purge", "--file", "{folder}/nothing")]
    [TestCase("purge", "--file", "")]
    [TestCase("purge", "{image}", "--block", "--reason", "{long}")]
    [TestCase("unblock", "{hash}")]
    [TestCase("unblock", "abc")]
    public async Task A_wrong_command_line_returns_2_with_one_line_and_changes_nothing(params string[] arguments)
    {
        var words = new Dictionary<string, string>
        {
            ["{image}"] = $"{image}",
            ["{hash}"] = Hash,
            ["{other}"] = $"{Pictures.Content(3).Hash}",
            ["{file}"] = await WriteAsync(Content.Bytes.ToArray()),
            ["{text}"] = await WriteAsync("x"u8.ToArray()),
            ["{folder}"] = folder,
            ["{folder}/nothing"] = Path.Combine(folder, "nothing"),
            ["{long}"] = new('x', 1001),
        };
        var (exitCode, output, error) = await RunAsync(
            Database,
            [
                .. arguments.Select(argument => words.GetValueOrDefault(argument, argument)),
                .. arguments[0] == "purge" ? ["--yes"] : Array.Empty<string>(),
            ]);

        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((2, "", 1)), error);
        Assert.That(error, Does.StartWith("gameimages: "));
        Assert.That(await ImagesAsync(), Has.Count.EqualTo(2));
        Assert.That(await Database.QueryAsync<string>("SELECT reason FROM blocked_hashes"), Is.Empty);
    }

    private Task<List<ContentHash>> ImagesAsync() => Database.QueryAsync<ContentHash>("SELECT content_hash FROM game_images");

    private async Task<string> WriteAsync(byte[] bytes)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }
}
