using System.Net;
using GameImages.Testing.Discord.Http;

namespace GameImages.Testing.Discord.Tests.Http;

public sealed class RouteTests : FakeDiscordTests
{
    [TestCase("GET", "unknown")]
    [TestCase("PUT", Messages)]
    [TestCase("GET", "../v9/users/@me")]
    public async Task An_unknown_route_gets_404(string method, string path)
    {
        var body = await ReadAsync(await SendAsync(new(method), path), HttpStatusCode.NotFound);
        Assert.That(body.GetRawText(), Is.EqualTo("""{"message":"404: Not Found","code":0}"""));
    }

    [Test]
    public async Task A_bot_can_read_its_user_and_a_channel()
    {
        var user = await ReadAsync(await SendAsync(HttpMethod.Get, "users/@me"));
        var channel = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"));

        Assert.Multiple(() =>
        {
            Assert.That(Id(user), Is.EqualTo(Bot.Default.Id));
            Assert.That(user.GetProperty("bot").GetBoolean(), Is.True);
            Assert.That(Id(channel), Is.EqualTo(Channel));
            Assert.That(channel.GetProperty("type").GetInt32(), Is.Zero);
            Assert.That(channel.GetProperty("guild_id").GetString(), Is.EqualTo("42"));
        });
    }

    [Test]
    public async Task Only_a_channel_of_a_guild_has_a_guild_id()
    {
        Discord.DeclareChannel(Channel, 43);
        var channel = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"));
        Assert.That(channel.GetProperty("guild_id").GetString(), Is.EqualTo("43"));

        Discord.DeclareChannel(Channel, null);
        var direct = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"));
        Assert.Multiple(() =>
        {
            Assert.That(direct.GetProperty("type").GetInt32(), Is.EqualTo(1));
            Assert.That(direct.TryGetProperty("guild_id", out _), Is.False);
        });
    }

    [TestCase(ChannelState.MissingAccess, 403, 50001)]
    [TestCase(ChannelState.MissingPermissions, 200, null)]
    [TestCase(ChannelState.Unknown, 404, 10003)]
    public async Task A_bot_can_read_only_a_channel_that_it_has_access_to(ChannelState state, int status, int? code)
    {
        Discord.SetChannel(Channel, state);
        var body = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"), (HttpStatusCode)status);
        Assert.That(body.TryGetProperty("code", out var found) ? found.GetInt32() : (int?)null, Is.EqualTo(code));
    }

    [Test]
    public async Task Without_a_default_guild_only_declared_channels_exist()
    {
        await using var discord = await FakeDiscord.StartAsync(new() { Guild = null });
        using var client = new HttpClient { BaseAddress = discord.BaseUrl };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bot {Bot.Default.Token}");
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
        discord.DeclareChannel(5, 43);

        using var known = await client.GetAsync("channels/5");
        using var unknown = await client.GetAsync("channels/6");
        Assert.Multiple(() =>
        {
            Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [TestCase("channels/x/messages", "channel_id")]
    [TestCase("channels/0/messages", "channel_id")]
    public async Task An_id_that_is_not_a_snowflake_is_refused(string path, string field)
    {
        var body = await ReadAsync(await SendAsync(HttpMethod.Post, path, """{"content":"x"}"""), HttpStatusCode.BadRequest);
        Assert.That(
            body.GetProperty("errors").GetProperty(field).GetProperty("_errors")[0].GetProperty("code").GetString(),
            Is.EqualTo("NUMBER_TYPE_COERCE"));
    }

    [TestCase("Bot wrong")]
    [TestCase("bot fake-token")]
    [TestCase("fake-token")]
    [TestCase("Bearer fake-token")]
    [TestCase("Bot  fake-token")]
    [TestCase(null)]
    public async Task A_request_without_the_token_of_a_bot_gets_401(string? authorization)
    {
        Client.DefaultRequestHeaders.Remove("Authorization");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        var body = await ReadAsync(await PostAsync("""{"content":"x"}"""), HttpStatusCode.Unauthorized);
        Assert.That(body.GetRawText(), Is.EqualTo("""{"message":"401: Unauthorized","code":0}"""));
        Assert.That(Discord.Posts, Is.Zero);
    }

    [TestCase("Mozilla/5.0")]
    [TestCase("DiscordBot")]
    [TestCase("DiscordBot (example, 1.0)")]
    [TestCase("DiscordBot (https://example.org 1.0)")]
    [TestCase(null)]
    public async Task A_request_without_the_User_Agent_of_a_bot_gets_the_403_of_Cloudflare(string? userAgent)
    {
        Client.DefaultRequestHeaders.Remove("User-Agent");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);

        using var response = await PostAsync("""{"content":"x"}""");

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
            Assert.That(Discord.Violations.Single().Rule, Is.EqualTo("user-agent"));
            Assert.That(Discord.Posts, Is.Zero);
        });
    }

    [TestCase(ChannelState.MissingAccess, 403, 50001)]
    [TestCase(ChannelState.MissingPermissions, 403, 50013)]
    [TestCase(ChannelState.Unknown, 404, 10003)]
    public async Task A_closed_channel_refuses_messages_until_it_is_open_again(ChannelState state, int status, int code)
    {
        Discord.SetChannel(Channel, state);
        Assert.That(await CodeAsync(await PostAsync("""{"content":"x"}"""), (HttpStatusCode)status), Is.EqualTo(code));

        Discord.SetChannel(Channel, ChannelState.Open);
        await MessageAsync();
    }

    [Test]
    public async Task Every_request_is_recorded_with_the_status_of_its_response()
    {
        await PostAsync("""{"content":"x"}""");
        await SendAsync(HttpMethod.Get, "unknown");

        Assert.That(
            Discord.Requests.Select(request => (request.Method, request.Path, request.Endpoint, request.Body, request.Status)),
            Is.EqualTo(new (string, string, DiscordEndpoint, string?, int?)[]
            {
                ("POST", $"/api/v10/{Messages}", DiscordEndpoint.CreateMessage, """{"content":"x"}""", 200),
                ("GET", "/api/v10/unknown", DiscordEndpoint.None, null, 404),
            }));
        Assert.That(Discord.Requests.First().Headers["user-agent"], Is.EqualTo(UserAgent));
    }
}
