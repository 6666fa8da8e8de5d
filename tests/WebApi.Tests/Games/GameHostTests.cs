using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

/// <summary>Tests how tokens determine the host. The use cases have the rules themselves.</summary>
public sealed class GameHostTests : ServiceTests
{
    private static readonly Dictionary<string, object> Claims = new()
    {
        ["true"] = true,
        ["text"] = "true",
        ["false"] = false,
        ["no"] = "false",
        ["number"] = 1,
    };

    [TestCase("true", HttpStatusCode.Created)]
    [TestCase("text", HttpStatusCode.Created)]
    [TestCase("false", HttpStatusCode.Forbidden)]
    [TestCase("no", HttpStatusCode.Forbidden)]
    [TestCase("number", HttpStatusCode.Forbidden)]
    [TestCase(null, HttpStatusCode.Forbidden)]
    public async Task Only_a_token_with_the_claim_names_another_host(string? claim, HttpStatusCode expected)
    {
        using var client = CreateClient(claim is null ? [] : [("may_host_for_others", Claims[claim])]);
        using var response = await client.PostAsJsonAsync("/api/v1/games", Hosted("9", "Cleo"));

        if (expected == HttpStatusCode.Created)
            Assert.That(Host(await JsonAsync(response, expected)), Is.EqualTo("9 Cleo"));
        else
            Assert.That((await ProblemAsync(response, expected)).GetProperty("detail").GetString(), Does.Contain("may_host_for_others"));
    }

    [Test]
    public async Task The_host_gets_the_name_of_the_token_and_an_unsuitable_name_is_adjusted()
    {
        var long200 = string.Concat(Enumerable.Repeat("\U0001F3B2", 100));
        foreach (var (name, expected) in new[] { ("Ann", "Ann"), ("A\0nn", "Ann"), (" ", "Cleo"), ($"x{long200}", $"x{long200[..98]}") })
        {
            using var client = CreateClient([("name", name)]);
            using var response = await client.PostAsJsonAsync("/api/v1/games", Hosted("7", "Cleo"));
            Assert.That(Host(await JsonAsync(response, HttpStatusCode.Created)), Is.EqualTo($"7 {expected}"));
        }
    }

    [Test]
    public async Task Changing_the_host_or_the_host_name_of_another_user_s_game_is_forbidden()
    {
        using var other = CreateClient([("sub", "8"), ("name", "Ben")]);
        var game = await CreateAsync();
        var before = await RowsAsync();

        foreach (var change in new object[]
        {
            new { host_id = "9" },
            new { host_name = "Moderator" },
            new { host_id = "7", host_name = "Moderator" },
        })
        {
            using var rejected = await other.PatchAsJsonAsync($"/api/v1/games/{Text(game, "id")}", change);
            await ProblemAsync(rejected, HttpStatusCode.Forbidden);
        }

        Assert.That(await RowsAsync(), Is.EqualTo(before));
        using var taken = await other.PatchAsJsonAsync($"/api/v1/games/{Text(game, "id")}", new { host_id = "8" });
        Assert.That(Host(await JsonAsync(taken)), Is.EqualTo("8 Ben"));
        using var cloned = await Member.PostAsync($"/api/v1/games/{Text(game, "id")}/clone", null);
        Assert.That(Host(await JsonAsync(cloned, HttpStatusCode.Created)), Is.EqualTo("7 "));
    }

    [Test]
    public async Task A_known_channel_of_another_guild_is_422_on_its_field()
    {
        await Database.ExecuteAsync("INSERT INTO guild_channels (channel_id, guild_id) VALUES (6, 43)");
        var game = await CreateAsync(Testing.Pictures.Png(1));
        var before = await RowsAsync();

        foreach (var send in new Func<Task<HttpResponseMessage>>[]
        {
            () => Member.PostAsJsonAsync(
                "/api/v1/games",
                new { guild_id = "42", channel_id = "6", title = "x", scheduled_at = "2026-02-07T19:30:00Z" }),
            () => Member.PatchAsJsonAsync($"/api/v1/games/{Text(game, "id")}", new { channel_id = "6" }),
        })
        {
            var problem = await ProblemAsync(await send(), HttpStatusCode.UnprocessableEntity, "channel_id");
            Assert.That(
                problem.GetProperty("errors").GetProperty("channel_id")[0].GetString(),
                Is.EqualTo("Channel 6 belongs to another guild."));
        }

        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    private static object Hosted(string id, string name) => new
    {
        guild_id = "42",
        channel_id = "5",
        host_id = id,
        host_name = name,
        title = "Dune: Imperium",
        scheduled_at = "2026-02-07T19:30:00Z",
    };

    private static string Host(JsonElement game) => $"{Text(game, "host_id")} {Text(game, "host_name")}";

    private HttpClient CreateClient((string Name, object Value)[] claims)
    {
        var client = Service.CreateClient([]);
        var token = Service.Token([Guild], token =>
        {
            foreach (var (name, value) in claims)
                token.Claims[name] = value;
        });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
