using System.Net;
using System.Net.Http.Headers;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Authentication;

public sealed class AuthenticationTests : ServiceTests
{
    private static readonly Dictionary<string, string?> Tokens = new()
    {
        ["none"] = null,
        ["not a token"] = "x",
        ["expired"] = ExpiredToken(TimeSpan.FromHours(1)),
        ["another key"] = Service.Token([Guild], key: new byte[32]),
        ["another issuer"] = Service.Token([Guild], token => token.Issuer = "other"),
        ["another audience"] = Service.Token([Guild], token => token.Audience = "other"),
        ["unsigned"] = Service.Token([Guild], token => token.SigningCredentials = null),
        ["just expired"] = ExpiredToken(TimeSpan.FromSeconds(30)),
        ["empty sub"] = Service.Token([Guild], token => token.Claims["sub"] = ""),
        ["guild_ids of numbers"] = Service.Token([Guild], token => token.Claims["guild_ids"] = new[] { 42 }),
        ["guild_ids of an object"] = Service.Token([Guild], token =>
            token.Claims["guild_ids"] = new Dictionary<string, object> { ["a"] = "42" }),
        ["without sub"] = Service.Token([Guild], token => token.Claims.Remove("sub")),
        ["without guild_ids"] = Service.Token([Guild], token => token.Claims.Remove("guild_ids")),
    };

    [TestCaseSource(nameof(BadTokens))]
    public async Task Every_game_route_rejects_a_request_without_a_valid_token(string token)
    {
        using var client = Service.CreateClient([]);
        client.DefaultRequestHeaders.Authorization = Tokens[token] is { } text ? new AuthenticationHeaderValue("Bearer", text) : null;
        var before = await RowsAsync();
        var game = $"/api/v1/games/{Guid.NewGuid()}";

        foreach (
            var (method, path) in new[]
            {
                ("GET", "/api/v1/games"),
                ("POST", "/api/v1/games"),
                ("GET", game),
                ("PATCH", game),
                ("DELETE", game),
                ("POST", $"{game}/clone"),
                ("PUT", $"{game}/thumbnail"),
                ("DELETE", $"{game}/thumbnail"),
                ("PUT", $"{game}/banner"),
                ("DELETE", $"{game}/banner"),
            })
        {
            using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            await ProblemAsync(response, HttpStatusCode.Unauthorized);
            Assert.That(response.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"));
        }

        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_user_without_guilds_is_authenticated_and_sees_no_games()
    {
        using var client = Service.CreateClient([]);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Service.Token([]));
        await CreateAsync();

        Assert.That((await JsonAsync(await client.GetAsync("/api/v1/games"))).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    private static IEnumerable<string> BadTokens() => Tokens.Keys;

    private static string ExpiredToken(TimeSpan age) => Service.Token([Guild], token =>
    {
        token.NotBefore = DateTime.UtcNow.AddHours(-2);
        token.Expires = DateTime.UtcNow - age;
    });
}
