using System.Net;
using GameImages.Testing.Discord.Http;

namespace GameImages.Testing.Discord.Tests.Http;

public sealed class RouteTests : FakeDiscordTests
{
    [TestCase("GET", "nonsense")]
    [TestCase("PUT", Messages)]
    [TestCase("GET", "../v9/users/@me")]
    public async Task An_unknown_route_is_404(string method, string path)
    {
        var answer = await ReadAsync(await SendAsync(new(method), path), HttpStatusCode.NotFound);
        Assert.That(answer.GetRawText(), Is.EqualTo("""{"message":"404: Not Found","code":0}"""));
    }

    [Test]
    public async Task A_bot_reads_itself_and_a_channel()
    {
        var user = await ReadAsync(await SendAsync(HttpMethod.Get, "users/@me"));
        var channel = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"));

        Assert.Multiple(() =>
        {
            Assert.That((Id(user), user.GetProperty("bot").GetBoolean()), Is.EqualTo((Bot.Default.Id, true)));
            Assert.That(
                (Id(channel), channel.GetProperty("type").GetInt32(), channel.GetProperty("guild_id").GetString()),
                Is.EqualTo((Channel, 0, "42")));
        });
    }

    [Test]
    public async Task A_channel_has_the_id_of_its_guild_and_a_direct_message_has_none()
    {
        Discord.DeclareChannel(Channel, 43);
        var channel = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"));
        Assert.That(channel.GetProperty("guild_id").GetString(), Is.EqualTo("43"));

        Discord.DeclareChannel(Channel, null);
        var direct = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"));
        Assert.That((direct.GetProperty("type").GetInt32(), direct.TryGetProperty("guild_id", out _)), Is.EqualTo((1, false)));
    }

    [TestCase(ChannelState.MissingAccess, 403, 50001)]
    [TestCase(ChannelState.MissingPermissions, 200, null)]
    [TestCase(ChannelState.Unknown, 404, 10003)]
    public async Task A_bot_reads_only_a_channel_that_it_sees(ChannelState state, int status, int? code)
    {
        Discord.SetChannel(Channel, state);
        var answer = await ReadAsync(await SendAsync(HttpMethod.Get, $"channels/{Channel}"), (HttpStatusCode)status);
        Assert.That(answer.TryGetProperty("code", out var found) ? found.GetInt32() : (int?)null, Is.EqualTo(code));
    }

    [Test]
    public async Task Without_a_guild_only_declared_channels_are_known()
    {
        await using var discord = await FakeDiscord.StartAsync(new() { Guild = null });
        using var client = new HttpClient { BaseAddress = discord.BaseUrl };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bot {Bot.Default.Token}");
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
        discord.DeclareChannel(5, 43);

        using var known = await client.GetAsync("channels/5");
        using var unknown = await client.GetAsync("channels/6");
        Assert.That((known.StatusCode, unknown.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
    }

    [TestCase("channels/x/messages", "channel_id")]
    [TestCase("channels/0/messages", "channel_id")]
    public async Task An_id_is_a_snowflake(string path, string field)
    {
        var answer = await ReadAsync(await SendAsync(HttpMethod.Post, path, """{"content":"x"}"""), HttpStatusCode.BadRequest);
        Assert.That(
            answer.GetProperty("errors").GetProperty(field).GetProperty("_errors")[0].GetProperty("code").GetString(),
            Is.EqualTo("NUMBER_TYPE_COERCE"));
    }

    [TestCase("Bot wrong")]
    [TestCase("bot fake-token")]
    [TestCase("fake-token")]
    [TestCase("Bearer fake-token")]
    [TestCase("Bot  fake-token")]
    [TestCase(null)]
    public async Task Without_the_token_of_a_bot_it_is_401(string? authorization)
    {
        Client.DefaultRequestHeaders.Remove("Authorization");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        var answer = await ReadAsync(await PostAsync("""{"content":"x"}"""), HttpStatusCode.Unauthorized);
        Assert.That(answer.GetRawText(), Is.EqualTo("""{"message":"401: Unauthorized","code":0}"""));
        Assert.That(Discord.Posts, Is.Zero);
    }

    [TestCase("Mozilla/5.0")]
    [TestCase("DiscordBot")]
    [TestCase("DiscordBot (example, 1.0)")]
    [TestCase("DiscordBot (https://example.org 1.0)")]
    [TestCase(null)]
    public async Task Without_the_User_Agent_of_a_bot_Cloudflare_answers(string? userAgent)
    {
        Client.DefaultRequestHeaders.Remove("User-Agent");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);

        using var response = await PostAsync("""{"content":"x"}""");

        Assert.Multiple(() =>
        {
            Assert.That(
                (response.StatusCode, response.Content.Headers.ContentType?.MediaType),
                Is.EqualTo((HttpStatusCode.Forbidden, "text/html")));
            Assert.That(Discord.Violations.Single().Rule, Is.EqualTo("user-agent"));
            Assert.That(Discord.Posts, Is.Zero);
        });
    }

    [TestCase(ChannelState.MissingAccess, 403, 50001)]
    [TestCase(ChannelState.MissingPermissions, 403, 50013)]
    [TestCase(ChannelState.Unknown, 404, 10003)]
    public async Task A_channel_can_close_and_open_again(ChannelState state, int status, int code)
    {
        Discord.SetChannel(Channel, state);
        Assert.That(await CodeAsync(await PostAsync("""{"content":"x"}"""), (HttpStatusCode)status), Is.EqualTo(code));

        Discord.SetChannel(Channel, ChannelState.Open);
        await MessageAsync();
    }

    [Test]
    public async Task Every_request_is_recorded_with_its_answer()
    {
        await PostAsync("""{"content":"x"}""");
        await SendAsync(HttpMethod.Get, "nonsense");

        Assert.That(
            Discord.Requests.Select(request => (request.Method, request.Path, request.Endpoint, request.Body, request.Status)),
            Is.EqualTo(new (string, string, DiscordEndpoint, string?, int?)[]
            {
                ("POST", $"/api/v10/{Messages}", DiscordEndpoint.CreateMessage, """{"content":"x"}""", 200),
                ("GET", "/api/v10/nonsense", DiscordEndpoint.None, null, 404),
            }));
        Assert.That(Discord.Requests.First().Headers["user-agent"], Is.EqualTo(UserAgent));
    }
}
