using System.Net;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;

namespace GameImages.Bot.Tests.Discord;

public sealed class FailureTests
{
    private DiscordSetup setup = null!;

    [SetUp]
    public async Task Start() => setup = await DiscordSetup.StartAsync(settings => settings with { Limits = null });

    [TearDown]
    public Task Stop() => setup.DisposeAsync().AsTask();

    [Test]
    public async Task An_edit_of_a_deleted_message_names_the_message()
    {
        var posted = await setup.PostAsync();
        setup.Discord.DeleteAsModerator(posted.At.MessageId.Value);
        Assert.That(
            () => setup.EditAsync(posted.At),
            Throws.TypeOf<UnknownMessageException>().With.Message.Contains($"{posted.At.MessageId}"));
    }

    [Test]
    public async Task Deleting_a_deleted_message_succeeds()
    {
        var posted = await setup.PostAsync();
        setup.Discord.DeleteAsModerator(posted.At.MessageId.Value);
        await setup.DeleteAsync(posted.At);
        Assert.That(setup.Discord.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(ChannelState.MissingAccess, 50001, "Missing Access (code 50001)")]
    [TestCase(ChannelState.MissingPermissions, 50013, "Missing Permissions (code 50013)")]
    [TestCase(ChannelState.Unknown, 10003, "Unknown Channel (code 10003)")]
    public async Task A_request_that_a_channel_refuses_is_not_retried(ChannelState state, int code, string reason)
    {
        var posted = await setup.PostAsync();
        setup.Discord.SetChannel(DiscordSetup.Channel.Value, state);

        foreach (var send in new Func<Task>[] { () => setup.PostAsync(), () => setup.EditAsync(posted.At) })
        {
            var refused = await Assert.ThrowsAsync<MessageRefusedException>(() => send());
            Assert.Multiple(() =>
            {
                Assert.That(refused.Code, Is.EqualTo(code));
                Assert.That(refused.Reason, Is.EqualTo(reason));
            });
        }

        // Deleting a channel deletes its messages.
        Assert.That(
            async () => await setup.DeleteAsync(posted.At),
            state == ChannelState.Unknown ? Throws.Nothing : Throws.TypeOf<MessageRefusedException>());
        Assert.That(setup.Discord.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task The_refusal_of_an_invalid_message_names_the_invalid_field()
    {
        var refused = await Assert.ThrowsAsync<MessageRefusedException>(() => setup.PostAsync(DiscordSetup.Message(new string('a', 257))));
        Assert.That(
            refused.Reason,
            Is.EqualTo(
                "Invalid Form Body (code 50035); embeds.0.title: BASE_TYPE_MAX_LENGTH; embeds.0.title: Must be 256 or fewer in length."));
        Assert.That(setup.Discord.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_long_reason_is_cut_between_two_characters()
    {
        // The text around the reason has an odd length, so one of the two shifts would cut a surrogate pair.
        foreach (var shift in new[] { "", "a" })
        {
            var reason = new DiscordError(0, shift + string.Concat(Enumerable.Repeat("😀", 600)), null, null, false).Describe();
            Assert.That(reason, Has.Length.InRange(999, 1000).And.EndsWith("😀…"));
        }
    }

    [Test]
    public async Task The_error_about_a_wrong_token_does_not_contain_the_token()
    {
        await using var wrong = await DiscordSetup.StartAsync(client: settings => settings with { Token = "secret-token" });
        var refused = await Assert.ThrowsAsync<WrongTokenException>(() => wrong.PostAsync());
        Assert.That(refused.ToString(), Does.Not.Contain("secret-token"));
        Assert.That(wrong.Discord.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(500)]
    [TestCase(503)]
    public async Task After_three_failures_of_Discord_the_fourth_attempt_posts_the_message(int status)
    {
        setup.Discord.FailNext(new Fault.Status(status), times: 3);
        await setup.PostAsync();
        Assert.Multiple(() =>
        {
            Assert.That(setup.Discord.Posts, Is.EqualTo(1));
            Assert.That(setup.Discord.Requests, Has.Count.EqualTo(4));
        });
    }

    [TestCase(500)]
    [TestCase(502)]
    public void After_four_failures_Discord_is_unavailable(int status)
    {
        setup.Discord.FailNext(new Fault.Status(status), times: 4);
        Assert.That(() => setup.PostAsync(), Throws.TypeOf<DiscordUnavailableException>().With.Message.Contains($"{status}"));
        Assert.Multiple(() =>
        {
            Assert.That(setup.Discord.Posts, Is.Zero);
            Assert.That(setup.Discord.Requests, Has.Count.EqualTo(4));
        });
    }

    [Test]
    public async Task A_lost_connection_costs_an_attempt_and_Discord_still_creates_one_message()
    {
        setup.Discord.FailNext(Fault.CutBefore);
        setup.Discord.FailNext(Fault.CutAfter, times: 2);
        var posted = await setup.PostAsync();
        Assert.That(setup.Discord.Messages.Select(message => message.Id), Is.EqualTo(new[] { posted.At.MessageId.Value }));
        Assert.Multiple(() =>
        {
            Assert.That(setup.Discord.Posts, Is.EqualTo(1));
            Assert.That(setup.Discord.Repeats, Is.EqualTo(2));
            Assert.That(setup.Discord.Requests, Has.Count.EqualTo(4));
        });
    }

    [Test]
    public void After_four_lost_connections_Discord_is_unavailable()
    {
        setup.Discord.FailNext(Fault.CutBefore, times: 4);
        Assert.That(
            () => setup.PostAsync(),
            Throws.TypeOf<DiscordUnavailableException>().With.InnerException.TypeOf<HttpRequestException>());
    }

    [Test]
    public async Task A_deletion_whose_response_is_lost_succeeds_when_it_is_retried()
    {
        var posted = await setup.PostAsync();
        setup.Discord.FailNext(Fault.CutAfter);
        await setup.DeleteAsync(posted.At);
        Assert.Multiple(() =>
        {
            Assert.That(setup.Discord.Deletes, Is.EqualTo(1));
            Assert.That(setup.Discord.Requests, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public async Task An_attempt_without_a_response_ends_after_ten_seconds_and_the_next_posts_the_message()
    {
        setup.Discord.FailNext(Fault.NoResponse);
        var post = setup.PostAsync();
        await setup.Discord.WaitForAsync(() => setup.Discord.Requests.Count == 1);
        await setup.Time.TimeOutAsync();
        await post;
        Assert.Multiple(() =>
        {
            Assert.That(setup.Discord.Posts, Is.EqualTo(1));
            Assert.That(setup.Discord.Requests, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task After_four_attempts_without_a_response_Discord_is_unavailable()
    {
        setup.Discord.FailNext(Fault.NoResponse, times: 4);
        var post = setup.PostAsync();

        for (var attempts = 1; attempts <= 4; attempts++)
        {
            await setup.Discord.WaitForAsync(() => setup.Discord.Requests.Count == attempts);
            await setup.Time.TimeOutAsync();
        }

        Assert.That(() => post, Throws.TypeOf<DiscordUnavailableException>().With.Message.Contains("10 s"));
    }

    [Test]
    public async Task A_cancelled_request_does_not_wait_for_the_response()
    {
        using var cancellation = new CancellationTokenSource();
        setup.Discord.FailNext(Fault.NoResponse);
        var deletion = setup.Client.DeleteAsync(new(DiscordSetup.Channel, new Snowflake(1)), cancellation.Token);
        await setup.Discord.WaitForAsync(() => setup.Discord.Requests.Count == 1);
        await cancellation.CancelAsync();
        Assert.That(() => deletion, Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(HttpStatusCode.OK, "<html></html>", 4)]
    [TestCase(HttpStatusCode.OK, "{}", 4)]
    [TestCase(HttpStatusCode.OK, """{"id":7}""", 4)]
    [TestCase(HttpStatusCode.Found, "", 4)]
    public async Task An_unreadable_response_or_a_redirect_makes_Discord_unavailable(
        HttpStatusCode status,
        string body,
        int requests)
    {
        await using var other = await OtherServer.StartAsync(status, body);
        await using var wrong = await DiscordSetup.StartAsync(client: settings => settings with { BaseUrl = other.BaseUrl });
        Assert.That(() => wrong.PostAsync(), Throws.TypeOf<DiscordUnavailableException>());
        Assert.That(other.Paths, Has.Count.EqualTo(requests).And.All.EndsWith("/messages"));
    }

    [Test]
    public async Task A_refusal_without_an_explanation_from_Discord_counts_as_a_refusal()
    {
        await using var other = await OtherServer.StartAsync(HttpStatusCode.Forbidden, "<html></html>");
        await using var wrong = await DiscordSetup.StartAsync(client: settings => settings with { BaseUrl = other.BaseUrl });
        Assert.That(
            () => wrong.PostAsync(),
            Throws.TypeOf<MessageRefusedException>().With.Message.Contains("403").And.Property("Code").Null);
    }
}
