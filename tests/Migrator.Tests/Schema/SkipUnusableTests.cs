using System.Text.Json;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Schema;

/// <summary>gameimages up of a database in which images of version 1 have no usable type.</summary>
public sealed class SkipUnusableTests
{
    private static readonly byte[] Image = Pictures.Gif(1);

    private TestDatabase database = null!;
    private Guid broken;

    [SetUp]
    public async Task Create_a_game_without_a_usable_type()
    {
        database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var games = new LegacyGames(database);
        await games.InsertAsync("fine", Image, "image/gif", Image, "image/gif");
        await games.InsertAsync("broken", Image, "image/svg+xml", Image, null);
        broken = await database.SingleAsync<Guid>("SELECT id FROM game_sessions WHERE title = 'broken'");
    }

    [TearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task Up_is_refused_and_names_the_images()
    {
        var (exitCode, output, error) = await RunAsync(database, "up", "--yes");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error.Split('\n'), Has.Length.EqualTo(1).And.All.StartWith("gameimages: "));
        Assert.That(
            error,
            Does.Contain($"{broken} (thumbnail: image/svg+xml)").And.Contain($"{broken} (banner: no type)").And.Contain("--skip-unusable")
        );
        Assert.That(await VersionAsync(), Does.StartWith("Schema version 1 "));
    }

    [Test]
    public async Task Without_a_terminal_leaving_them_out_needs_yes_and_lists_them()
    {
        var (exitCode, output, error) = await RunAsync(database, "up", "--skip-unusable");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.StartWith(
            "2 images without a usable type would be left out:\n"
            + $"{broken} (thumbnail: image/svg+xml), 35 bytes\n{broken} (banner: no type), 35 bytes\ngameimages: "));
        Assert.That(await VersionAsync(), Does.StartWith("Schema version 1 "));
    }

    [Test]
    public async Task An_image_that_is_added_before_the_confirmation_is_not_left_out()
    {
        var (exitCode, output) = await RunOnTerminalAsync(database, "up --skip-unusable", () => database.ExecuteAsync(
            "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, image_data, image_mime_type) VALUES "
            + "(42, 5, 7, 'late', now(), 'x', E'image/\\x1b[31mred')"));

        Assert.That(exitCode, Is.EqualTo(4), output);
        Assert.That(output, Does.Contain("(banner: image/\uFFFD[31mred)").And.Not.Contain("\e[31m"));
        Assert.That(await VersionAsync(), Does.StartWith("Schema version 1 "));
    }

    [Test]
    public async Task The_images_that_are_left_out_are_listed_and_the_others_are_moved()
    {
        var (exitCode, output, error) = await RunAsync(database, "up", "--skip-unusable", "--yes");

        Assert.That((exitCode, error.WithoutProgress()), Is.EqualTo((0, "")));
        Assert.That(
            output,
            Does.Contain("moves 2 images of 1 game")
                .And.Contain("Left out 2 images without a usable type:")
                .And.Match($"{broken} +thumbnail +image/svg\\+xml +35 bytes")
                .And.Match($"{broken} +banner +none +35 bytes"));
        await AssertOnlyTheUsableImagesMovedAsync();
    }

    [Test]
    public async Task Json_lists_the_images_that_are_left_out()
    {
        var (exitCode, output, error) = await RunAsync(database, "up", "--skip-unusable", "--yes", "--json");
        var skipped = JsonDocument.Parse(output).RootElement.GetProperty("skipped").EnumerateArray().ToList();

        Assert.That((exitCode, error.WithoutProgress()), Is.EqualTo((0, "")));
        Assert.That(
            skipped.Select(image =>
                (
                    image.GetProperty("game_id").GetGuid(),
                    image.GetProperty("slot").GetString(),
                    image.GetProperty("bytes").GetInt64())),
            Is.EqualTo(new[] { (broken, "thumbnail", 35L), (broken, "banner", 35L) }));
        Assert.That(
            (skipped[0].GetProperty("mime_type").GetString(), skipped[1].TryGetProperty("mime_type", out _)),
            Is.EqualTo(("image/svg+xml", false)));
        await AssertOnlyTheUsableImagesMovedAsync();
    }

    private async Task<string> VersionAsync() => (await RunAsync(database, "status")).Output;

    private async Task AssertOnlyTheUsableImagesMovedAsync()
    {
        Assert.That(
            await database.QueryAsync<(string, bool, bool)>(
                "SELECT title, thumbnail_id IS NULL, banner_image_id IS NULL FROM game_sessions ORDER BY title"),
            Is.EqualTo(new[] { ("broken", true, true), ("fine", false, false) }));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }
}
