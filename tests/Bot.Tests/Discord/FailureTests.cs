using System.Net;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;

namespace GameImages.Bot.Tests.Discord;

public sealed class FailureTests
{
    private Line line = null!;

    [SetUp]
    public async Task Open_the_line() => line = await Line.OpenAsync(settings => settings with { Limits = null });

    [TearDown]
    public Task Close_the_line() => line.DisposeAsync().AsTask();

    [Test]
    public async Task An_edit_of_a_message_that_is_gone_says_so()
    {
        var posted = await line.PostAsync();
        line.Discord.DeleteAsModerator(posted.At.MessageId.Value);
        Assert.That(
            () => line.EditAsync(posted.At),
            Throws.TypeOf<UnknownMessageException>().With.Message.Contains($"{posted.At.MessageId}"));
    }

    [Test]
    public async Task A_message_that_is_gone_counts_as_deleted()
    {
        var posted = await line.PostAsync();
        line.Discord.DeleteAsModerator(posted.At.MessageId.Value);
        await line.DeleteAsync(posted.At);
        Assert.That(line.Discord.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(ChannelState.MissingAccess, 50001, "Missing Access (code 50001)")]
    [TestCase(ChannelState.MissingPermissions, 50013, "Missing Permissions (code 50013)")]
    [TestCase(ChannelState.Unknown, 10003, "Unknown Channel (code 10003)")]
    public async Task What_a_channel_refuses_is_not_tried_again(ChannelState state, int code, string reason)
    {
        var posted = await line.PostAsync();
        line.Discord.SetChannel(Line.Channel.Value, state);

        foreach (var send in new Func<Task>[] { () => line.PostAsync(), () => line.EditAsync(posted.At) })
        {
            var refused = await Assert.ThrowsAsync<MessageRefusedException>(() => send());
            Assert.That((refused.Code, refused.Reason), Is.EqualTo(((int?)code, reason)));
        }

        // With its channel, a message is gone.
        Assert.That(
            async () => await line.DeleteAsync(posted.At),
            state == ChannelState.Unknown ? Throws.Nothing : Throws.TypeOf<MessageRefusedException>());
        Assert.That(line.Discord.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_message_with_mistakes_is_refused_with_the_field_of_each()
    {
        var refused = await Assert.ThrowsAsync<MessageRefusedException>(() => line.PostAsync(Line.Message(new string('a', 257))));
        Assert.That(
            refused.Reason,
            Is.EqualTo(
                "Invalid Form Body (code 50035); embeds.0.title: BASE_TYPE_MAX_LENGTH; embeds.0.title: Must be 256 or fewer in length."));
        Assert.That(line.Discord.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_long_reason_is_cut_and_no_character_is()
    {
        // The brackets, the code and the blank before it make an odd number.
        foreach (var shift in new[] { "", "a" })
        {
            var reason = new DiscordError(0, shift + string.Concat(Enumerable.Repeat("😀", 600)), null, null, false).Describe();
            Assert.That(reason, Has.Length.InRange(999, 1000).And.EndsWith("😀…"));
        }
    }

    [Test]
    public async Task A_wrong_token_is_told_and_never_shown()
    {
        await using var wrong = await Line.OpenAsync(client: settings => settings with { Token = "secret-token" });
        var refused = await Assert.ThrowsAsync<WrongTokenException>(() => wrong.PostAsync());
        Assert.That(refused.ToString(), Does.Not.Contain("secret-token"));
        Assert.That(wrong.Discord.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(500)]
    [TestCase(503)]
    public async Task After_three_failures_of_Discord_the_fourth_try_makes_the_message(int status)
    {
        line.Discord.FailNext(new Fault.Status(status), times: 3);
        await line.PostAsync();
        Assert.That((line.Discord.Posts, line.Discord.Requests.Count), Is.EqualTo((1, 4)));
    }

    [TestCase(500)]
    [TestCase(502)]
    public void After_four_failures_Discord_is_unavailable(int status)
    {
        line.Discord.FailNext(new Fault.Status(status), times: 4);
        Assert.That(() => line.PostAsync(), Throws.TypeOf<DiscordUnavailableException>().With.Message.Contains($"{status}"));
        Assert.That((line.Discord.Posts, line.Discord.Requests.Count), Is.EqualTo((0, 4)));
    }

    [Test]
    public async Task A_connection_that_is_cut_before_or_after_the_message_is_made_costs_a_try_and_makes_one_message()
    {
        line.Discord.FailNext(Fault.CutBefore);
        line.Discord.FailNext(Fault.CutAfter, times: 2);
        var posted = await line.PostAsync();
        Assert.That(line.Discord.Messages.Select(message => message.Id), Is.EqualTo(new[] { posted.At.MessageId.Value }));
        Assert.That((line.Discord.Posts, line.Discord.Repeats, line.Discord.Requests.Count), Is.EqualTo((1, 2, 4)));
    }

    [Test]
    public void Connections_that_are_always_cut_make_Discord_unavailable()
    {
        line.Discord.FailNext(Fault.CutBefore, times: 4);
        Assert.That(
            () => line.PostAsync(),
            Throws.TypeOf<DiscordUnavailableException>().With.InnerException.TypeOf<HttpRequestException>());
    }

    [Test]
    public async Task A_deletion_whose_answer_is_lost_has_happened()
    {
        var posted = await line.PostAsync();
        line.Discord.FailNext(Fault.CutAfter);
        await line.DeleteAsync(posted.At);
        Assert.That((line.Discord.Deletes, line.Discord.Requests.Count), Is.EqualTo((1, 3)));
    }

    [Test]
    public async Task A_try_without_an_answer_ends_after_ten_seconds_and_the_next_makes_the_message()
    {
        line.Discord.FailNext(Fault.NeverAnswer);
        var post = line.PostAsync();
        await line.Discord.WaitForAsync(() => line.Discord.Requests.Count == 1);
        await line.Time.TimeOutAsync();
        await post;
        Assert.That((line.Discord.Posts, line.Discord.Requests.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Without_any_answer_Discord_is_unavailable()
    {
        line.Discord.FailNext(Fault.NeverAnswer, times: 4);
        var post = line.PostAsync();

        for (var tries = 1; tries <= 4; tries++)
        {
            await line.Discord.WaitForAsync(() => line.Discord.Requests.Count == tries);
            await line.Time.TimeOutAsync();
        }

        Assert.That(() => post, Throws.TypeOf<DiscordUnavailableException>().With.Message.Contains("10 s"));
    }

    [Test]
    public async Task Who_no_longer_wants_it_does_not_wait_for_the_answer()
    {
        using var cancellation = new CancellationTokenSource();
        line.Discord.FailNext(Fault.NeverAnswer);
        var deletion = line.Client.DeleteAsync(new(Line.Channel, new Snowflake(1)), cancellation.Token);
        await line.Discord.WaitForAsync(() => line.Discord.Requests.Count == 1);
        await cancellation.CancelAsync();
        Assert.That(() => deletion, Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(HttpStatusCode.OK, "<html></html>", 4)]
    [TestCase(HttpStatusCode.OK, "{}", 4)]
    [TestCase(HttpStatusCode.OK, """{"id":7}""", 4)]
    [TestCase(HttpStatusCode.Found, "", 4)]
    public async Task An_answer_that_is_none_of_Discords_makes_it_unavailable_and_no_redirect_is_followed(
        HttpStatusCode status,
        string body,
        int requests)
    {
        await using var other = await OtherServer.StartAsync(status, body);
        await using var wrong = await Line.OpenAsync(client: settings => settings with { BaseUrl = other.BaseUrl });
        Assert.That(() => wrong.PostAsync(), Throws.TypeOf<DiscordUnavailableException>());
        Assert.That(other.Paths, Has.Count.EqualTo(requests).And.All.EndsWith("/messages"));
    }

    [Test]
    public async Task A_refusal_that_is_none_of_Discords_is_one_too()
    {
        await using var other = await OtherServer.StartAsync(HttpStatusCode.Forbidden, "<html></html>");
        await using var wrong = await Line.OpenAsync(client: settings => settings with { BaseUrl = other.BaseUrl });
        Assert.That(
            () => wrong.PostAsync(),
            Throws.TypeOf<MessageRefusedException>().With.Message.Contains("403").And.Property("Code").Null);
    }
}
