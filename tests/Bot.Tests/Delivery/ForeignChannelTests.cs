using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.EmbeddedPostgres;
using GameImages.Operations;
using GameImages.Operations.Announcements;
using GameImages.Testing;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>A member of guild 42 names channels of guild 43. The bot must never write to those.</summary>
public sealed class ForeignChannelTests : AnnouncerFixture
{
    private const long Own = 5;
    private const long Foreign = 6;

    private const string Reason = "Channel 6 belongs to guild 43, not to guild 42.";

    [Test]
    public async Task A_game_with_the_channel_of_another_guild_is_not_announced_there_and_later_ones_are_rejected()
    {
        await StartAsync();
        Discord.DeclareChannel(Foreign, 43);
        await using var service = new Service(Database);
        using var attacker = service.CreateClient(UseCases.Guild);

        // The bot has not asked Discord about the channel yet, so the service accepts the game.
        var parked = await CreateAsync(attacker, Foreign, HttpStatusCode.Created);
        await DeliverAsync();
        await AssertParkedAsync();

        // Neither an operator's retry nor a later change of the game changes this.
        await using (var operators = new OperatorDatabase(Database.ConnectionString(EmbeddedServer.Superuser)))
            Assert.That((await new OperatorOutbox(operators).RetryAsync(null, default)).Games, Is.EqualTo(1));
        await DeliverAsync();
        await AssertParkedAsync();
        var parkedGame = $"/api/v1/games/{ServiceTests.Text(parked, "id")}";
        using (var changed = await attacker.PatchAsJsonAsync(parkedGame, new { title = "Free nitro" }))
            Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await DeliverAsync();
        await AssertParkedAsync();
        Assert.That(Lookups(Foreign), Is.EqualTo(1), "The response is cached.");

        // Now the service knows the guild of the channel, and it rejects every kind of request.
        var own = await CreateAsync(attacker, Own, HttpStatusCode.Created);
        foreach (var send in new Func<Task<HttpResponseMessage>>[]
        {
            () => PostAsync(attacker, Foreign),
            () => attacker.PatchAsJsonAsync($"/api/v1/games/{ServiceTests.Text(own, "id")}", new { channel_id = $"{Foreign}" }),
            () => attacker.PostAsync($"{parkedGame}/clone", null),
        })
        {
            using var rejected = await send();
            var problem = await ServiceTests.JsonAsync(rejected, HttpStatusCode.UnprocessableEntity);
            Assert.That(
                problem.GetProperty("errors").GetProperty("channel_id")[0].GetString(),
                Is.EqualTo("Channel 6 belongs to another guild."));
        }

        await DeliverAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Discord.MessagesOf(Own), Has.Count.EqualTo(1));
            Assert.That(Discord.Posts, Is.EqualTo(1));
        });

        // The bot announces the game after it moves to a channel of its own guild.
        using (var moved = await attacker.PatchAsJsonAsync(parkedGame, new { channel_id = $"{Own}" }))
            Assert.That(moved.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await DeliverAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.MessagesOf(Own), Has.Count.EqualTo(2));
            Assert.That(Discord.MessagesOf(Foreign), Is.Empty);
            Assert.That(await CountOutboxAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task A_guild_whose_channel_refuses_the_bot_does_not_stop_the_announcements_of_others()
    {
        await StartAsync(("Discord:InvalidRequests", "600"));
        Discord.DeclareChannel(Foreign, UseCases.Guild);
        Discord.DeclareChannel(7, 43);
        Discord.SetChannel(Foreign, ChannelState.MissingAccess);
        await using var service = new Service(Database);
        using (var attacker = service.CreateClient(UseCases.Guild))
        {
            for (var number = 0; number < 5; number++)
                await CreateAsync(attacker, Foreign, HttpStatusCode.Created);
        }

        await DeliverAsync();
        Assert.That(Lookups(Foreign), Is.EqualTo(3), "One guild may cause a 200th of 600 invalid requests.");
        Assert.That(
            await Database.QueryAsync<string>(
                "SELECT reason FROM outbox WHERE parked_at IS NULL AND due_at > now() + interval '9 minutes'"),
            Is.EqualTo(Enumerable.Repeat("Discord refused 3 requests for guild 42 within 10 minutes.", 2)));

        using var other = service.CreateClient(43);
        await CreateAsync(other, 7, HttpStatusCode.Created, guild: 43);
        await DeliverAsync();
        Assert.That(Discord.MessagesOf(7), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_game_that_moves_to_the_channel_of_another_guild_keeps_its_message_unchanged()
    {
        await StartAsync();
        Discord.DeclareChannel(Foreign, 43);
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(Foreign), Title = "other" });
        await UseCases.SendAsync(new CloneGame(game.Id));
        await DeliverAsync();
        Assert.That(
            await Database.QueryAsync<string>("SELECT reason FROM outbox WHERE parked_at IS NOT NULL"),
            Is.EqualTo(new[] { Reason, Reason }));
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Messages.Single().Current.Embeds.Single().Title, Is.EqualTo(game.Title));
            Assert.That(Discord.Edits, Is.Zero);
            Assert.That(Discord.Deletes, Is.Zero);
        });

        // The bot may always delete its own message.
        await UseCases.SendAsync(new DeleteGame(game.Id));
        await DeliverAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Messages, Is.Empty);
            Assert.That(Discord.Posts, Is.EqualTo(1));
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_post_whose_response_was_lost_is_not_repeated_in_the_channel_of_another_guild(bool isDeleted)
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        Discord.FailNext(new Fault.Status(500), times: 4, when: request => request.Endpoint == DiscordEndpoint.CreateMessage);
        await DeliverAsync();
        Assert.That(await Database.SingleAsync<long>("SELECT posting_channel_id FROM announcements"), Is.EqualTo(Own));

        // Real channels do not change guilds. Here, Discord refuses a request to the channel, so the bot asks for its guild again.
        Discord.DeclareChannel(Own, 43);
        Discord.SetChannel(Own, ChannelState.MissingPermissions);
        await MakeDueAsync();
        await DeliverAsync();
        Discord.SetChannel(Own, ChannelState.Open);
        await Database.ExecuteAsync("UPDATE announcements SET posting_channel_id = 5");

        if (isDeleted)
            await UseCases.SendAsync(new DeleteGame(game.Id));
        else
            await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        await DeliverAsync();

        Assert.That(Discord.Posts, Is.Zero);
        Assert.That(
            await Database.SingleAsync<string?>("SELECT max(reason) FROM outbox"),
            Is.EqualTo(isDeleted ? null : "Channel 5 belongs to guild 43, not to guild 42."));
    }

    [Test]
    public async Task Nothing_is_posted_for_a_deleted_game_whose_guild_was_not_stored()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await UseCases.SendAsync(new DeleteGame(game.Id));
        await Database.ExecuteAsync("INSERT INTO announcements (game_id, posting_channel_id) VALUES (@Id, 5)", new { game.Id });

        await DeliverAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.Requests, Is.Empty);
            Assert.That(await CountOutboxAsync(), Is.Zero);
            Assert.That(await CountAnnouncementsAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task Games_in_a_deleted_channel_are_parked_and_the_record_of_the_channel_is_removed()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();
        Assert.That(await ChannelsAsync(), Is.EqualTo(new[] { "5 of 42" }));

        Discord.SetChannel(Own, ChannelState.Unknown);
        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "first" });
        await DeliverAsync();
        Assert.That(
            await Database.SingleAsync<string>("SELECT reason FROM outbox WHERE parked_at IS NOT NULL"),
            Does.Contain("Unknown Channel"));
        Assert.That(await ChannelsAsync(), Is.Empty);

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "second" });
        await DeliverAsync();
        Assert.That(
            await Database.QueryAsync<string>("SELECT DISTINCT reason FROM outbox WHERE parked_at IS NOT NULL"),
            Is.EqualTo(new[] { "Channel 5 does not exist at Discord." }));
        Assert.That(Discord.Edits, Is.Zero);
    }

    private static async Task<JsonElement> CreateAsync(
        HttpClient client, long channel, HttpStatusCode expected, long guild = UseCases.Guild)
    {
        using var response = await PostAsync(client, channel, guild);
        return await ServiceTests.JsonAsync(response, expected);
    }

    private static Task<HttpResponseMessage> PostAsync(
        HttpClient client, long channel, long guild = UseCases.Guild) => client.PostAsJsonAsync(
        "/api/v1/games",
        new
        {
            guild_id = $"{guild}",
            channel_id = $"{channel}",
            host_name = "Moderator of guild 43",
            title = "Free nitro",
            scheduled_at = "2026-02-07T19:30:00Z",
        });

    private async Task AssertParkedAsync()
    {
        Assert.That(await Database.QueryAsync<string>("SELECT DISTINCT reason FROM outbox"), Is.EqualTo(new[] { Reason }));
        var unparked = await Database.SingleAsync<int>("SELECT count(*)::int FROM outbox WHERE parked_at IS NULL");
        Assert.Multiple(() =>
        {
            Assert.That(unparked, Is.Zero);
            Assert.That(Discord.Posts, Is.Zero);
            Assert.That(Discord.Edits, Is.Zero);
        });
    }

    private int Lookups(long channel) => Discord.Requests.Count(request =>
        request.Endpoint == DiscordEndpoint.GetChannel && request.Path.EndsWith($"/{channel}", StringComparison.Ordinal));

    private Task<List<string>> ChannelsAsync() =>
        Database.QueryAsync<string>("SELECT concat(channel_id, ' of ', guild_id) FROM guild_channels");
}
