using System.Net;
using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Messages;
using GameImages.Testing.Servers;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>A client creates a game over REST, the bot posts its message, and Discord fetches the images from the service.</summary>
[Category("Process")]
public sealed class EndToEndTests
{
    private static readonly byte[] Thumbnail = Pictures.Png(1, 20_000);
    private static readonly byte[] Banner = Pictures.Gif(2);
    private static readonly byte[] Other = Pictures.Png(3, 20_000);

    [Test]
    public async Task A_game_is_announced_with_its_images_edited_after_changes_and_deleted_with_its_message()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        await using var discord = await FakeDiscord.StartAsync();
        using var bot = RunningBot.Start(database, discord, service.ClientOptions.BaseAddress);
        using var member = service.CreateClient(ServiceTests.Guild);
        using var anonymous = service.CreateClient([]);

        // Creating the game posts one message with the images of the request.
        using var created = await member.PostAsync("/api/v1/games", ServiceTests.Form(Thumbnail, Banner));
        var game = await ServiceTests.JsonAsync(created, HttpStatusCode.Created);
        await bot.WaitForAsync(discord, () => discord.Posts == 1);
        var message = discord.Messages.Single();
        var embed = message.Current.Embeds.Single();
        Report("posted", message);
        Assert.That(embed.Thumbnail!.Url, Does.EndWith($"/api/v1/public/images/{ServiceTests.Text(game, "thumbnail_id")}.png"));
        Assert.That(embed.Image!.Url, Does.EndWith($"/api/v1/public/images/{ServiceTests.Text(game, "banner_image_id")}.gif"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await anonymous.GetByteArrayAsync(embed.Thumbnail.Url), Is.EqualTo(Thumbnail));
            Assert.That(await anonymous.GetByteArrayAsync(embed.Image.Url), Is.EqualTo(Banner));
        }
        Assert.That(
            discord.Fetches.Where(fetch => fetch.Failure is null).Select(fetch => fetch.Url).Distinct(),
            Is.EquivalentTo(new[] { embed.Thumbnail.Url, embed.Image.Url }));

        // Replacing the thumbnail edits the message. The URL changes, because Discord caches images by URL.
        var url = created.Headers.Location!;
        using var replaced = await member.PutAsync($"{url}/thumbnail", new ByteArrayContent(Other));
        Assert.That(replaced.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await bot.WaitForAsync(discord, () => discord.Edits == 1);
        Report("edited", message);
        var newThumbnail = message.Current.Embeds.Single().Thumbnail!;
        Assert.That(newThumbnail.Url, Is.Not.EqualTo(embed.Thumbnail.Url));
        Assert.That(await anonymous.GetByteArrayAsync(newThumbnail.Url), Is.EqualTo(Other));

        // Cancelling the game turns the message red.
        using var cancelled = await member.PatchAsync(url, JsonContent("""{"status":"cancelled"}"""));
        Assert.That(cancelled.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await bot.WaitForAsync(discord, () => discord.Edits == 2);
        Report("edited", message);
        Assert.Multiple(() =>
        {
            Assert.That(message.Current.Embeds.Single().Color, Is.EqualTo(0xED4245));
            Assert.That(message.Current.Embeds.Single().Footer!.Text, Is.EqualTo("Status: Cancelled"));
        });

        // Deleting the game deletes the message and the images.
        using var deleted = await member.DeleteAsync(url);
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await bot.WaitForAsync(discord, () => message.IsDeleted);
        TestContext.Out.WriteLine($"deleted {message.Id}");
        using var missing = await anonymous.GetAsync(newThumbnail.Url);
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        Assert.Multiple(() =>
        {
            Assert.That(discord.Posts, Is.EqualTo(1), bot.Log);
            Assert.That(discord.Edits, Is.EqualTo(2), bot.Log);
            Assert.That(discord.Deletes, Is.EqualTo(1), bot.Log);
            Assert.That(discord.Repeats, Is.Zero, bot.Log);
        });
        Assert.That(discord.Violations, Is.Empty);
        Assert.That(discord.Fetches.Select(fetch => fetch.Failure), Is.All.Null);
        TestContext.Out.WriteLine(bot.Log);
    }

    [Test]
    public async Task After_the_bot_loses_its_locks_during_an_edit_the_message_ends_with_the_last_state()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await using var discord = await FakeDiscord.StartAsync();
        using var bot = RunningBot.Start(database, discord, new("http://127.0.0.1:9"));
        var game = await useCases.CreateGameAsync();
        await bot.WaitForAsync(discord, () => discord.Posts == 1);
        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "first" });
        await bot.WaitForAsync(discord, () => discord.Edits == 1);

        // This edit takes long. Meanwhile the bot loses its database connection, and another worker announces a later state.
        var arrival = new TaskCompletionSource();
        discord.FailNext(new Fault.Late(arrival.Task), when: request => request.Method == "PATCH");
        var requests = discord.Requests.Count;
        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "second" });
        await bot.WaitForAsync(discord, () => discord.Requests.Count > requests);
        await database.ExecuteAsync(
            """
            SELECT pg_terminate_backend(pid)
            FROM pg_stat_activity
            WHERE usename = 'gameimages_bot' AND state = 'idle in transaction' AND datname = current_database()
            """);
        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "third" });

        await bot.WaitForAsync(discord, () => discord.Edits == 2);
        arrival.SetResult();

        // Discord receives the third state, then the late second state, then the third state again.
        await bot.WaitForAsync(discord, () => discord.Edits == 4);
        Assert.That(
            discord.Messages.Single().Versions.Select(version => version.Embeds.Single().Title),
            Is.EqualTo(new[] { game.Title, "first", "third", "second", "third" }),
            bot.Log);
    }

    [Test]
    public async Task A_wrong_token_stops_the_bot_with_a_reason_and_the_changes_stay_in_the_outbox()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await using var discord = await FakeDiscord.StartAsync();

        using (var wrong = RunningBot.Start(database, discord, new("http://127.0.0.1:9"), ("Discord:Token", "wrong")))
        {
            Assert.That(await wrong.WaitForExitAsync(), Is.EqualTo(1), wrong.Log);
            Assert.That(wrong.Log, Does.Contain("token").And.Not.Contain("\"wrong\""));
        }

        await useCases.CreateGameAsync();
        using var right = RunningBot.Start(database, discord, new("http://127.0.0.1:9"));
        await discord.WaitForAsync(() => discord.Posts == 1);
    }

    [Test]
    public async Task A_pooler_stops_the_bot_with_one_sentence_if_the_setting_does_not_say_what_is_prepared()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var discord = await FakeDiscord.StartAsync();
        using var pooler = await PgBouncer.StartAsync(database, Roles.Bot);
        using var bot = RunningBot.Start(
            database, discord, new("http://127.0.0.1:9"), ("ConnectionStrings:Bot", pooler.ConnectionString));

        Assert.That(await bot.WaitForExitAsync(), Is.EqualTo(1), bot.Log);
        Assert.That(bot.Log, Does.StartWith("ConnectionStrings:Bot leads through a pooler.").And.Not.Contain("   at "));
    }

    [Test]
    public async Task The_bot_starts_without_its_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var discord = await FakeDiscord.StartAsync();
        using var bot = RunningBot.Start(
            database, discord, new("http://127.0.0.1:9"), ("ConnectionStrings:Bot", "Host=127.0.0.1;Port=9;Username=x;Database=x"));

        await bot.WaitForAsync(discord, () => discord.Requests.Count > 0);
        Assert.That(bot.Log, Does.Contain("Could not check the database role"));
    }

    private static StringContent JsonContent(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static void Report(string action, Message message) =>
        TestContext.Out.WriteLine($"{action} {message.Id}: {JsonSerializer.Serialize(message.Current.Embeds.Single())}");
}
