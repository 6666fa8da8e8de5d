using GameImages.Application.Games;
using GameImages.Bot.Delivery;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Testing;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;

namespace GameImages.Bot.Tests.Delivery;

public sealed class AnnouncerTests : AnnouncerFixture
{
    [Test]
    public async Task A_game_that_was_deleted_before_anybody_announced_it_is_not_announced()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await UseCases.SendAsync(new DeleteGame(game.Id));

        await DeliverAsync();
        Assert.That((Discord.Posts, await WaitingAsync(), await RememberedAsync()), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_game_that_moves_to_another_channel_is_deleted_in_the_old_one_and_posted_in_the_new_one()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();
        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();

        Assert.That((Discord.MessagesOf(5).Count, Discord.MessagesOf(6).Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_game_that_leaves_a_channel_which_is_closed_to_the_bot_is_posted_in_the_new_one()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();
        Discord.SetChannel(5, ChannelState.MissingAccess);
        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();

        Assert.That((Discord.MessagesOf(6).Count, await WaitingAsync()), Is.EqualTo((1, 0)));
    }

    [TestCase("PostAgain", 1)]
    [TestCase("LeaveAlone", 0)]
    public async Task A_message_that_somebody_deleted_is_posted_anew_or_left_alone(string setting, int expected)
    {
        await StartAsync(("Discord:DeletedMessages", setting));
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();
        Discord.DeleteAsModerator(Discord.Messages.Single().Id);

        for (var change = 0; change < 2; change++)
        {
            await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = $"change {change}" });
            await DeliverAsync();
        }

        Assert.That(Discord.Messages, Has.Count.EqualTo(expected));

        await UseCases.SendAsync(new DeleteGame(game.Id));
        await DeliverAsync();
        Assert.That((Discord.Messages.Count, await WaitingAsync(), await RememberedAsync()), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task An_answer_that_is_lost_makes_no_second_message()
    {
        await StartAsync();
        await UseCases.CreateGameAsync();
        Discord.FailNext(Fault.CutAfter, when: IsPost);
        await DeliverAsync();

        Assert.That((Discord.Posts, Discord.Repeats, await WaitingAsync()), Is.EqualTo((1, 1, 0)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_message_whose_answer_was_lost_is_deleted_with_its_game_or_where_the_game_was(bool isDeleted)
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        Discord.FailNext(Fault.CutAfter, when: IsPost);
        Discord.FailNext(new Fault.Status(500), times: 3, when: IsPost);
        await DeliverAsync();
        Assert.That((Discord.Posts, Discord.MessagesOf(5).Count), Is.EqualTo((1, 1)));

        if (isDeleted)
            await UseCases.SendAsync(new DeleteGame(game.Id));
        else
            await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await MakeDueAsync();
        await DeliverAsync();

        Assert.That(
            (Discord.MessagesOf(5).Count, Discord.MessagesOf(6).Count, Discord.Repeats, await WaitingAsync()),
            Is.EqualTo((0, isDeleted ? 0 : 1, 1, 0)));
    }

    [Test]
    public async Task A_message_whose_answer_was_lost_shows_what_the_game_has_become()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        Discord.FailNext(Fault.CutAfter, when: IsPost);
        Discord.FailNext(new Fault.Status(500), times: 3, when: IsPost);
        await DeliverAsync();

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        await MakeDueAsync();
        await DeliverAsync();
        Assert.That((Discord.Posts, Discord.Messages.Single().Current.Embeds.Single().Title), Is.EqualTo((1, "other")));
    }

    [Test]
    public async Task While_Discord_is_away_the_change_waits()
    {
        await StartAsync();
        await UseCases.CreateGameAsync();
        Discord.FailNext(new Fault.Status(503), times: 100);
        await DeliverAsync();
        Assert.That(
            await Database.SingleAsync<(int, bool, bool)>("SELECT attempts, due_at > now(), reason LIKE '%503%' FROM outbox"),
            Is.EqualTo((1, true, true)));

        Discord.StopFailing();
        await MakeDueAsync();
        await DeliverAsync();
        Assert.That((Discord.Posts, await WaitingAsync()), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_channel_that_refuses_parks_the_change_with_its_reason_until_the_game_changes()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        Discord.SetChannel(5, ChannelState.MissingAccess);
        await DeliverAsync();
        Assert.That(await Database.SingleAsync<string>("SELECT reason FROM outbox WHERE parked_at IS NOT NULL"), Does.Contain("50001"));

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();
        Assert.That((Discord.MessagesOf(6).Count, await WaitingAsync()), Is.EqualTo((1, 0)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Pictures_that_Discord_cannot_fetch_are_asked_for_again_and_then_attached_if_that_is_allowed(bool isAllowed)
    {
        await StartAsync(("Discord:AttachPictures", $"{isAllowed}"));
        await UseCases.CreateGameAsync(Pictures.Content(1), ImageContent.Read(Pictures.Gif(2), new()));

        var rounds = 0;
        while (await WaitingAsync() > 0)
        {
            await MakeDueAsync();
            await DeliverAsync();
            Assert.That(++rounds, Is.LessThan(10));
        }

        var message = Discord.Messages.Single();
        Assert.That(
            (rounds, message.Current.Attachments.Select(file => file.Filename)),
            isAllowed ? Is.EqualTo((4, new[] { "thumbnail.png", "banner.gif" })) : Is.EqualTo((3, Array.Empty<string>())));
        Assert.That(
            message.Current.Embeds.Single().Image!.Url,
            isAllowed ? Is.EqualTo("attachment://banner.gif") : Does.StartWith("http")
        );
        if (isAllowed)
            Assert.That(message.Current.Attachments[0].Bytes.ToArray(), Is.EqualTo(Pictures.Content(1).Bytes.ToArray()));
    }

    [Test]
    public async Task A_change_of_a_game_whose_pictures_were_attached_keeps_them_attached()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync(Pictures.Content(1));
        for (var round = 0; round < 4; round++)
        {
            await MakeDueAsync();
            await DeliverAsync();
        }

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        await DeliverAsync();
        Assert.That(Discord.Messages.Single().Current.Attachments.Select(file => file.Filename), Is.EqualTo(new[] { "thumbnail.png" }));
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

    private static bool IsPost(RecordedRequest request) => request.Endpoint == DiscordEndpoint.CreateMessage;
}
