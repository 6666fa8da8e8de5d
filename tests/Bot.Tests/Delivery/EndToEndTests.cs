using System.Net;
using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Testing;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Messages;
using GameImages.WebApi.Tests;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>A game goes in over REST, and its message comes out at Discord, which fetches the pictures from the service.</summary>
[Category("Process")]
public sealed class EndToEndTests
{
    private static readonly byte[] Thumbnail = Pictures.Png(1, 20_000);
    private static readonly byte[] Banner = Pictures.Gif(2);
    private static readonly byte[] Other = Pictures.Png(3, 20_000);

    [Test]
    public async Task A_game_is_announced_with_its_pictures_follows_its_changes_and_goes_with_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        await using var discord = await FakeDiscord.StartAsync();
        using var bot = RunningBot.Start(database, discord, service.ClientOptions.BaseAddress);
        using var member = service.CreateClient(ServiceTests.Guild);
        using var anybody = service.CreateClient([]);

        // Created: one message, whose pictures are those that were sent.
        using var created = await member.PostAsync("/api/v1/games", ServiceTests.Form(Thumbnail, Banner));
        var game = await ServiceTests.JsonAsync(created, HttpStatusCode.Created);
        await bot.UntilAsync(discord, () => discord.Posts == 1);
        var message = discord.Messages.Single();
        var embed = message.Current.Embeds.Single();
        Report("posted", message);
        Assert.That(embed.Thumbnail!.Url, Does.EndWith($"/api/v1/public/images/{ServiceTests.Text(game, "thumbnail_id")}.png"));
        Assert.That(embed.Image!.Url, Does.EndWith($"/api/v1/public/images/{ServiceTests.Text(game, "banner_image_id")}.gif"));
        Assert.That(
            (await anybody.GetByteArrayAsync(embed.Thumbnail.Url), await anybody.GetByteArrayAsync(embed.Image.Url)),
            Is.EqualTo((Thumbnail, Banner)));
        Assert.That(
            discord.Fetches.Where(fetch => fetch.Failure is null).Select(fetch => fetch.Url).Distinct(),
            Is.EquivalentTo(new[] { embed.Thumbnail.Url, embed.Image.Url }));

        // Another thumbnail: an edit, with another address, since what Discord has of the first one it keeps.
        var url = created.Headers.Location!;
        using var replaced = await member.PutAsync($"{url}/thumbnail", new ByteArrayContent(Other));
        Assert.That(replaced.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await bot.UntilAsync(discord, () => discord.Edits == 1);
        Report("edited", message);
        var newThumbnail = message.Current.Embeds.Single().Thumbnail!;
        Assert.That(newThumbnail.Url, Is.Not.EqualTo(embed.Thumbnail.Url));
        Assert.That(await anybody.GetByteArrayAsync(newThumbnail.Url), Is.EqualTo(Other));

        // Cancelled: red.
        using var cancelled = await member.PatchAsync(url, JsonContent("""{"status":"cancelled"}"""));
        Assert.That(cancelled.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await bot.UntilAsync(discord, () => discord.Edits == 2);
        Report("edited", message);
        Assert.That(
            (message.Current.Embeds.Single().Color, message.Current.Embeds.Single().Footer!.Text),
            Is.EqualTo((0xED4245, "Status: Cancelled")));

        // Deleted: neither message nor pictures.
        using var deleted = await member.DeleteAsync(url);
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await bot.UntilAsync(discord, () => message.IsDeleted);
        TestContext.Out.WriteLine($"deleted {message.Id}");
        using var gone = await anybody.GetAsync(newThumbnail.Url);
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        Assert.That((discord.Posts, discord.Edits, discord.Deletes, discord.Repeats), Is.EqualTo((1, 2, 1, 0)), bot.Log);
        Assert.That(discord.Violations, Is.Empty);
        Assert.That(discord.Fetches.Select(fetch => fetch.Failure), Is.All.Null);
        TestContext.Out.WriteLine(bot.Log);
    }

    [Test]
    public async Task A_bot_that_loses_its_locks_in_the_middle_of_an_edit_does_not_leave_the_earlier_state()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await using var discord = await FakeDiscord.StartAsync();
        using var bot = RunningBot.Start(database, discord, new("http://127.0.0.1:9"));
        var game = await useCases.CreateGameAsync();
        await bot.UntilAsync(discord, () => discord.Posts == 1);
        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "first" });
        await bot.UntilAsync(discord, () => discord.Edits == 1);

        // This edit is long on its way; meanwhile its connection to the database goes, and another worker delivers a later state.
        var arrival = new TaskCompletionSource();
        discord.FailNext(new Fault.Late(arrival.Task), when: request => request.Method == "PATCH");
        var requests = discord.Requests.Count;
        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "second" });
        await bot.UntilAsync(discord, () => discord.Requests.Count > requests);
        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gameimages_bot' AND state = 'idle in transaction' AND datname = current_database()");
        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "third" });

        await bot.UntilAsync(discord, () => discord.Edits == 2);
        arrival.SetResult();

        // The third, the second, and the third once more.
        await bot.UntilAsync(discord, () => discord.Edits == 4);
        Assert.That(
            discord.Messages.Single().Versions.Select(version => version.Embeds.Single().Title),
            Is.EqualTo(new[] { game.Title, "first", "third", "second", "third" }),
            bot.Log);
    }

    [Test]
    public async Task A_wrong_token_ends_the_bot_with_its_reason_and_loses_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await using var discord = await FakeDiscord.StartAsync();

        using (var wrong = RunningBot.Start(database, discord, new("http://127.0.0.1:9"), ("Discord:Token", "wrong")))
        {
            Assert.That(await wrong.WaitAsync(), Is.EqualTo(1), wrong.Log);
            Assert.That(wrong.Log, Does.Contain("token").And.Not.Contain("\"wrong\""));
        }

        await useCases.CreateGameAsync();
        using var right = RunningBot.Start(database, discord, new("http://127.0.0.1:9"));
        await discord.WaitForAsync(() => discord.Posts == 1);
    }

    private static StringContent JsonContent(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static void Report(string what, Message message) =>
        TestContext.Out.WriteLine($"{what} {message.Id}: {JsonSerializer.Serialize(message.Current.Embeds.Single())}");
}
