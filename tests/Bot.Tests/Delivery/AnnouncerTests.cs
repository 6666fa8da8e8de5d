using GameImages.Application.Announcements;
using GameImages.Application.Games;
using GameImages.Bot.Delivery;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>One delivery after the other, without waiting: what is due later is made due.</summary>
public sealed class AnnouncerTests
{
    private TestDatabase database = null!;
    private UseCases useCases = null!;
    private FakeDiscord discord = null!;
    private ServiceProvider services = null!;
    private IOutbox outbox = null!;

    [SetUp]
    public async Task Create_the_database()
    {
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
    }

    [TearDown]
    public async Task Drop_the_database()
    {
        await services.DisposeAsync();
        await discord.DisposeAsync();
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task A_game_that_was_deleted_before_anybody_announced_it_is_not_announced()
    {
        await StartAsync();
        var game = await useCases.CreateGameAsync();
        await useCases.SendAsync(new DeleteGame(game.Id));

        await DeliverAsync();
        Assert.That((discord.Posts, await WaitingAsync(), await RememberedAsync()), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_game_that_moves_to_another_channel_is_deleted_in_the_old_one_and_posted_in_the_new_one()
    {
        await StartAsync();
        var game = await useCases.CreateGameAsync();
        await DeliverAsync();
        await useCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();

        Assert.That((discord.MessagesOf(5).Count, discord.MessagesOf(6).Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_game_that_leaves_a_channel_which_is_closed_to_the_bot_is_posted_in_the_new_one()
    {
        await StartAsync();
        var game = await useCases.CreateGameAsync();
        await DeliverAsync();
        discord.SetChannel(5, ChannelState.MissingAccess);
        await useCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();

        Assert.That((discord.MessagesOf(6).Count, await WaitingAsync()), Is.EqualTo((1, 0)));
    }

    [TestCase("PostAgain", 1)]
    [TestCase("LeaveAlone", 0)]
    public async Task A_message_that_somebody_deleted_is_posted_anew_or_left_alone(string setting, int expected)
    {
        await StartAsync(("Discord:DeletedMessages", setting));
        var game = await useCases.CreateGameAsync();
        await DeliverAsync();
        discord.DeleteAsModerator(discord.Messages.Single().Id);

        for (var change = 0; change < 2; change++)
        {
            await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = $"change {change}" });
            await DeliverAsync();
        }

        Assert.That(discord.Messages, Has.Count.EqualTo(expected));

        await useCases.SendAsync(new DeleteGame(game.Id));
        await DeliverAsync();
        Assert.That((discord.Messages.Count, await WaitingAsync(), await RememberedAsync()), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task An_answer_that_is_lost_makes_no_second_message()
    {
        await StartAsync();
        await useCases.CreateGameAsync();
        discord.FailNext(Fault.CutAfter);
        await DeliverAsync();

        Assert.That((discord.Posts, discord.Repeats, await WaitingAsync()), Is.EqualTo((1, 1, 0)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_message_whose_answer_was_lost_is_deleted_with_its_game_or_where_the_game_was(bool isDeleted)
    {
        await StartAsync();
        var game = await useCases.CreateGameAsync();
        discord.FailNext(Fault.CutAfter);
        discord.FailNext(new Fault.Status(500), times: 3);
        await DeliverAsync();
        Assert.That((discord.Posts, discord.MessagesOf(5).Count), Is.EqualTo((1, 1)));

        if (isDeleted)
            await useCases.SendAsync(new DeleteGame(game.Id));
        else
            await useCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await MakeDueAsync();
        await DeliverAsync();

        Assert.That((discord.MessagesOf(5).Count, discord.MessagesOf(6).Count, discord.Repeats, await WaitingAsync()), Is.EqualTo((0, isDeleted ? 0 : 1, 1, 0)));
    }

    [Test]
    public async Task A_message_whose_answer_was_lost_shows_what_the_game_has_become()
    {
        await StartAsync();
        var game = await useCases.CreateGameAsync();
        discord.FailNext(Fault.CutAfter);
        discord.FailNext(new Fault.Status(500), times: 3);
        await DeliverAsync();

        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        await MakeDueAsync();
        await DeliverAsync();
        Assert.That((discord.Posts, discord.Messages.Single().Current.Embeds.Single().Title), Is.EqualTo((1, "other")));
    }

    [Test]
    public async Task While_Discord_is_away_the_change_waits()
    {
        await StartAsync();
        await useCases.CreateGameAsync();
        discord.FailNext(new Fault.Status(503), times: 100);
        await DeliverAsync();
        Assert.That(await database.SingleAsync<(int, bool, bool)>("SELECT attempts, due_at > now(), reason LIKE '%503%' FROM outbox"), Is.EqualTo((1, true, true)));

        discord.StopFailing();
        await MakeDueAsync();
        await DeliverAsync();
        Assert.That((discord.Posts, await WaitingAsync()), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_channel_that_refuses_parks_the_change_with_its_reason_until_the_game_changes()
    {
        await StartAsync();
        var game = await useCases.CreateGameAsync();
        discord.SetChannel(5, ChannelState.MissingAccess);
        await DeliverAsync();
        Assert.That(await database.SingleAsync<string>("SELECT reason FROM outbox WHERE parked_at IS NOT NULL"), Does.Contain("50001"));

        await useCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();
        Assert.That((discord.MessagesOf(6).Count, await WaitingAsync()), Is.EqualTo((1, 0)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Pictures_that_Discord_cannot_fetch_are_asked_for_again_and_then_attached_if_that_is_allowed(bool isAllowed)
    {
        await StartAsync(("Discord:AttachPictures", $"{isAllowed}"));
        await useCases.CreateGameAsync(Pictures.Content(1), ImageContent.Read(Pictures.Gif(2), new()));

        var rounds = 0;
        while (await WaitingAsync() > 0)
        {
            await MakeDueAsync();
            await DeliverAsync();
            Assert.That(++rounds, Is.LessThan(10));
        }

        var message = discord.Messages.Single();
        Assert.That((rounds, message.Current.Attachments.Select(file => file.Filename)), isAllowed
            ? Is.EqualTo((4, new[] { "thumbnail.png", "banner.gif" }))
            : Is.EqualTo((3, Array.Empty<string>())));
        Assert.That(message.Current.Embeds.Single().Image!.Url, isAllowed ? Is.EqualTo("attachment://banner.gif") : Does.StartWith("http"));
        if (isAllowed)
            Assert.That(message.Current.Attachments[0].Bytes.ToArray(), Is.EqualTo(Pictures.Content(1).Bytes.ToArray()));
    }

    [Test]
    public async Task A_change_of_a_game_whose_pictures_were_attached_keeps_them_attached()
    {
        await StartAsync();
        var game = await useCases.CreateGameAsync(Pictures.Content(1));
        for (var round = 0; round < 4; round++)
        {
            await MakeDueAsync();
            await DeliverAsync();
        }

        await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        await DeliverAsync();
        Assert.That(discord.Messages.Single().Current.Attachments.Select(file => file.Filename), Is.EqualTo(new[] { "thumbnail.png" }));
    }

    [Test]
    public void Delays_double_and_end()
    {
        for (var attempts = 0; attempts < 100; attempts++)
        {
            var longest = TimeSpan.FromSeconds(Math.Min(600, 2 * Math.Pow(2, attempts)));
            Assert.That(Announcer.Delay(attempts), Is.InRange(longest / 2, longest));
        }
    }

    // Pictures lead nowhere.
    private async Task StartAsync(params (string Key, string Value)[] settings)
    {
        discord = await FakeDiscord.StartAsync(new() { Limits = null });
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("ConnectionStrings:Bot", database.ConnectionString(Roles.Bot)),
            new("Discord:Token", Testing.Discord.Bot.Default.Token),
            new("Discord:BaseUrl", discord.BaseUrl.ToString()),
            new("PublicBaseUrl", "http://127.0.0.1:9"),
            .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)),
        ]).Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new Hasty())
            .AddOutbox(configuration, checkRole: true)
            .AddDelivery(DiscordSettings.Read(configuration, isDevelopment: false))
            .BuildServiceProvider();
        outbox = services.GetRequiredService<IOutbox>();
    }

    private async Task DeliverAsync()
    {
        var announcer = services.GetRequiredService<Announcer>();
        while (await outbox.ClaimAsync([], default) is { } delivery)
        {
            await using (delivery)
                await announcer.DeliverAsync(delivery, default);
        }
    }

    private Task MakeDueAsync() => database.ExecuteAsync("UPDATE outbox SET due_at = now()");

    private Task<int> WaitingAsync() => database.SingleAsync<int>("SELECT count(*)::int FROM outbox");

    // Waits are over at once, and what somebody answers within seconds is not late.
    private sealed class Hasty : TimeProvider
    {
        private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < LongestWait && dueTime >= TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }

    private Task<int> RememberedAsync() => database.SingleAsync<int>("SELECT count(*)::int FROM announcements");
}
