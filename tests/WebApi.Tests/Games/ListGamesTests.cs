using System.Net;
using System.Net.Http.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

public sealed class ListGamesTests : ServiceTests
{
    [OneTimeSetUp]
    public async Task Create_games()
    {
        for (var number = 0; number < 5; number++)
            await Member.PostAsJsonAsync("/api/v1/games", Game($"Game {number}"));
    }

    [Test]
    public async Task Pages_follow_each_other_by_their_cursors()
    {
        var titles = new List<string?>();
        var path = "/api/v1/games?guild_id=42&status=scheduled&limit=2";
        string? cursor = null;

        do
        {
            var page = await JsonAsync(await Member.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}"));
            titles.AddRange(page.GetProperty("items").EnumerateArray().Select(game => Text(game, "title")));
            cursor = Text(page, "next_cursor");
        }
        while (cursor is not null);

        Assert.That(titles, Is.EquivalentTo(Enumerable.Range(0, 5).Select(number => $"Game {number}")));
    }

    // "Café" is written in NFC and in NFD.
    [TestCase("Caf\u00E9", "Cafe%CC%81")]
    [TestCase("Cafe\u0301", "CAF%C3%89")]
    public async Task A_search_finds_another_spelling_of_the_title_and_returns_the_stored_one(string title, string text)
    {
        var created = await JsonAsync(await Member.PostAsJsonAsync("/api/v1/games", Game(title)), HttpStatusCode.Created);
        var found = await JsonAsync(await Member.GetAsync($"/api/v1/games?text={text}"));
        Assert.That(
            found.GetProperty("items").EnumerateArray().Select(game => Text(game, "title")), Is.EqualTo(new[] { title }));
        await Member.DeleteAsync($"/api/v1/games/{Text(created, "id")}");
    }

    [Test]
    public async Task A_title_of_200_emoji_is_accepted()
    {
        var dice = string.Concat(Enumerable.Repeat("🎲", 200));
        var created = await JsonAsync(await Member.PostAsJsonAsync("/api/v1/games", Game(dice)), HttpStatusCode.Created);
        await Member.DeleteAsync($"/api/v1/games/{Text(created, "id")}");

        Assert.That(Text(created, "title"), Is.EqualTo(dice));
        await ProblemAsync(await Member.PostAsJsonAsync("/api/v1/games", Game(dice + "🎲")), HttpStatusCode.BadRequest, "title");
    }

    [Test]
    public async Task A_text_has_100_characters_at_most()
    {
        Assert.That((await Member.GetAsync($"/api/v1/games?text={new string('x', 100)}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await ProblemAsync(await Member.GetAsync($"/api/v1/games?text={new string('x', 101)}"), HttpStatusCode.BadRequest, "text");

        var dice = string.Concat(Enumerable.Repeat("%F0%9F%8E%B2", 100));
        Assert.That((await Member.GetAsync($"/api/v1/games?text={dice}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await ProblemAsync(await Member.GetAsync($"/api/v1/games?text={dice}x"), HttpStatusCode.BadRequest, "text");
    }

    [Test]
    public async Task Pages_of_a_search_follow_each_other_by_their_cursors()
    {
        await Member.PostAsJsonAsync("/api/v1/games", Game("Root"));
        var first = await JsonAsync(await Member.GetAsync("/api/v1/games?text=GAME&limit=3"));
        var second = await JsonAsync(await Member.GetAsync($"/api/v1/games?text=GAME&limit=3&cursor={Text(first, "next_cursor")}"));

        Assert.That(
            first
                .GetProperty("items")
                .EnumerateArray()
                .Concat(second.GetProperty("items").EnumerateArray())
                .Select(game => Text(game, "title")),
            Is.EquivalentTo(Enumerable.Range(0, 5).Select(number => $"Game {number}")));
        Assert.That(Text(second, "next_cursor"), Is.Null);
    }

    [TestCase("br", "/api/v1/games", "br")]
    [TestCase("gzip", "/api/v1/images", "gzip")]
    [TestCase("identity", "/api/v1/games", null)]
    [TestCase("br", "/api/v1/session", null)]
    [TestCase("br", "/api/v1/games?limit=0", null)]
    public async Task Lists_are_compressed_and_nothing_else_is(string accepted, string path, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd(accepted);
        using var response = await Member.SendAsync(request);
        Assert.That(response.Content.Headers.ContentEncoding.SingleOrDefault(), Is.EqualTo(encoding));

        // A cache may keep neither form for a client that accepts the other one.
        var mayBeCompressed = accepted == "identity" || encoding is not null;
        Assert.That(response.Headers.Vary, Does.Contain("Cookie"));
        Assert.That(response.Headers.Vary.Contains("Accept-Encoding"), Is.EqualTo(mayBeCompressed));
    }

    [TestCase("text=", "text")]
    [TestCase("text=%20%E2%80%8B", "text")]
    [TestCase("text=%00", "text")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=101", "limit")]
    [TestCase("limit=many", "limit")]
    [TestCase("guild_id=abc", "guild_id")]
    [TestCase("guild_id=42&guild_id=43", "guild_id")]
    [TestCase("status=lost", "status")]
    [TestCase("cursor=x", "cursor")]
    [TestCase("limt=2&x=1", "limt", "x")]
    public async Task An_invalid_query_is_rejected(string query, params string[] fields) =>
        await ProblemAsync(await Member.GetAsync($"/api/v1/games?{query}"), HttpStatusCode.BadRequest, fields);
}
