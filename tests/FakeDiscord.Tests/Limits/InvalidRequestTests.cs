using System.Net;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Testing.Discord.Tests.Limits;

public sealed class InvalidRequestTests : FakeDiscordTests
{
    protected override FakeDiscordSettings Settings() =>
        base.Settings() with
        {
            Limits = new() { InvalidRequests = new(4, TimeSpan.FromMinutes(10)), CreateMessage = new(2, TimeSpan.FromSeconds(5)) },
        };

    [Test]
    public async Task Too_many_invalid_requests_lead_to_a_ban_of_an_hour()
    {
        using var stranger = Connect("wrong");
        await PostAsync("{}", stranger);
        Discord.SetChannel(2, ChannelState.MissingAccess);
        await SendAsync(HttpMethod.Get, "channels/2");
        await MessageAsync();
        await MessageAsync();
        await PostAsync("""{"content":"x"}""");
        Assert.That((await SendAsync(HttpMethod.Get, "users/@me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await SendAsync(HttpMethod.Get, "channels/2");

        using var banned = await SendAsync(HttpMethod.Get, "users/@me");

        Assert.Multiple(() =>
        {
            Assert.That(banned.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(banned.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
            Assert.That(Header(banned, "Retry-After"), Is.EqualTo("3600"));
            Assert.That(banned.Headers.Any(header => header.Key.StartsWith("X-RateLimit", StringComparison.OrdinalIgnoreCase)), Is.False);
            Assert.That(Discord.Violations.Single().Rule, Is.EqualTo("banned"));
        });

        Time.Advance(TimeSpan.FromHours(1));
        await ReadAsync(await SendAsync(HttpMethod.Get, "users/@me"));
    }

    [Test]
    public async Task Invalid_requests_that_are_older_than_ten_minutes_do_not_count()
    {
        using var stranger = Connect("wrong");
        for (var request = 0; request < 3; request++)
            await PostAsync("{}", stranger);

        Time.Advance(TimeSpan.FromMinutes(10));
        for (var request = 0; request < 3; request++)
            await PostAsync("{}", stranger);

        await MessageAsync();
    }

    [Test]
    public async Task Shared_limits_and_other_errors_do_not_count()
    {
        Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(1), RateLimitScope.Shared));

        for (var request = 0; request < 4; request++)
        {
            using var refused = await SendAsync(HttpMethod.Get, "users/@me");
            Assert.Multiple(() =>
            {
                Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
                Assert.That(Header(refused, "X-RateLimit-Scope"), Is.EqualTo("shared"));
            });
            await SendAsync(HttpMethod.Get, "unknown");
        }

        Time.Advance(TimeSpan.FromSeconds(1));
        await MessageAsync();
    }
}
