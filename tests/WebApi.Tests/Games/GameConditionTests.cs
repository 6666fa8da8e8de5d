using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

/// <summary>Conditional requests on games (RFC 9110 section 13).</summary>
public sealed class GameConditionTests : ServiceTests
{
    private const string Past = "Mon, 01 Jan 2001 00:00:00 GMT";
    private const string Future = "Fri, 01 Jan 2100 00:00:00 GMT";

    private string game = "";
    private string tag = "";

    [SetUp]
    public async Task Create_a_game()
    {
        using var response = await Member.PostAsync("/api/v1/games", Form(Pictures.Png(1)));
        game = $"/api/v1/games/{Text(await JsonAsync(response, HttpStatusCode.Created), "id")}";
        tag = $"{response.Headers.ETag}";
    }

    [TestCase("If-None-Match: {tag}", 304)]
    [TestCase("If-None-Match: W/{tag}", 304)]
    [TestCase("If-None-Match: \"other\", {tag}", 304)]
    [TestCase("If-None-Match: *", 304)]
    [TestCase("If-None-Match: \"other\"", 200)]
    [TestCase("If-None-Match: nonsense", 200)]
    [TestCase("If-None-Match: {tag}\nIf-Modified-Since: " + Past, 304)]
    [TestCase("If-None-Match: \"other\"\nIf-Modified-Since: " + Future, 200)]
    [TestCase("If-Modified-Since: " + Future, 200)]
    [TestCase("If-Unmodified-Since: " + Past, 200)]
    [TestCase("If-Match: {tag}", 200)]
    [TestCase("If-Match: *", 200)]
    [TestCase("If-Match: \"other\"", 412)]
    [TestCase("If-Match: nonsense", 412)]
    [TestCase("If-Match: {tag}\nIf-None-Match: {tag}", 304)]
    [TestCase("If-Match: \"other\"\nIf-None-Match: {tag}", 412)]
    [TestCase("If-Match: {tag}\nIf-Unmodified-Since: " + Past, 200)]
    public async Task A_read_follows_the_order_of_the_conditions(string headers, int status)
    {
        foreach (var method in new[] { "GET", "HEAD" })
        {
            using var response = await SendAsync(method, game, headers);
            Assert.That((int)response.StatusCode, Is.EqualTo(status), method);
            if (status < 400)
                Assert.That($"{response.Headers.ETag} {response.Headers.CacheControl}", Is.EqualTo($"{tag} no-cache, private"), method);
        }
    }

    [TestCase("If-Match: {tag}", 200)]
    [TestCase("If-Match: \"other\", {tag}", 200)]
    [TestCase("If-Match: *", 200)]
    [TestCase("If-Match: \"other\"", 412)]
    [TestCase("If-Match: nonsense", 412)]
    [TestCase("If-Match: ", 412)]
    [TestCase("If-None-Match: *", 412)]
    [TestCase("If-None-Match: {tag}", 412)]
    [TestCase("If-None-Match: W/{tag}", 412)]
    [TestCase("If-None-Match: \"other\"", 200)]
    [TestCase("If-Match: {tag}\nIf-None-Match: {tag}", 412)]
    [TestCase("If-Match: {tag}\nIf-Unmodified-Since: " + Past, 200)]
    [TestCase("If-Unmodified-Since: " + Past, 200)]
    [TestCase("If-Modified-Since: " + Future, 200)]
    public async Task A_change_follows_the_same_conditions(string headers, int status)
    {
        foreach (var (method, path) in new[]
        {
            ("PATCH", game), ("PUT", $"{game}/banner"), ("PUT", $"{game}/thumbnail"), ("DELETE", $"{game}/thumbnail"), ("DELETE", game),
        })
        {
            await Create_a_game();
            using var response = await SendAsync(method, path.Replace(path[..game.Length], game, StringComparison.Ordinal), headers);

            if (status == 412)
                await ProblemAsync(response, HttpStatusCode.PreconditionFailed);
            else
                Assert.That(response.IsSuccessStatusCode, Is.True, $"{method} {path}");
        }
    }

    [TestCase("If-Match: \"other\"")]
    [TestCase("If-None-Match: *")]
    public async Task A_missing_game_is_404_whatever_the_condition(string header)
    {
        foreach (var method in new[] { "GET", "PATCH", "DELETE" })
            await ProblemAsync(await SendAsync(method, $"/api/v1/games/{Guid.NewGuid()}", header), HttpStatusCode.NotFound);
    }

    [TestCase("If-Match: \"other\"")]
    [TestCase("If-None-Match: *")]
    [TestCase("If-Modified-Since: " + Future)]
    [TestCase("If-Unmodified-Since: " + Past)]
    [TestCase("Range: bytes=0-0")]
    public async Task A_list_has_no_version_and_ignores_conditions(string header)
    {
        using var response = await SendAsync("GET", "/api/v1/games", header);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    // nginx, Cloudflare and Varnish make the tag weak. Apache and Caddy append the coding. Older proxies remove the tag.
    [TestCase("W/{tag}")]
    [TestCase("\"{version}-gzip\"")]
    [TestCase("\"{version};gzip\"")]
    [TestCase("\"{version}--gzip\"")]
    [TestCase("\"{version}-br\"")]
    [TestCase("\"{version}-zstd\"")]
    [TestCase("W/\"{version}-gzip\"")]
    public async Task A_version_that_a_proxy_has_changed_is_still_the_version(string changed)
    {
        using var client = new HttpClient(new TagChangingProxy(
            tag => changed.Replace("{tag}", tag, StringComparison.Ordinal).Replace("{version}", tag.Trim('"'), StringComparison.Ordinal)))
        {
            BaseAddress = Member.BaseAddress,
            DefaultRequestHeaders = { Authorization = Member.DefaultRequestHeaders.Authorization },
        };

        using var read = await client.GetAsync(game);
        var known = $"{read.Headers.ETag}";
        Assert.That(known, Is.Not.EqualTo(tag));

        Assert.That((await SendAsync("GET", game, $"If-None-Match: {known}", client)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));

        using var saved = await SendAsync("PATCH", game, $"If-Match: {known}", client);
        await JsonAsync(saved);
        await ProblemAsync(await SendAsync("PATCH", game, $"If-Match: {known}", client), HttpStatusCode.PreconditionFailed);
        await JsonAsync(await SendAsync("PATCH", game, $"If-Match: {saved.Headers.ETag}", client));
    }

    [TestCase("\"{version}x\"")]
    [TestCase("\"{version}-other\"")]
    [TestCase("\"x{version}\"")]
    [TestCase("\"\"")]
    public async Task A_tag_that_no_proxy_makes_of_the_version_is_another_version(string other) =>
        await ProblemAsync(
            await SendAsync("PATCH", game, $"If-Match: {other.Replace("{version}", tag.Trim('"'), StringComparison.Ordinal)}"),
            HttpStatusCode.PreconditionFailed);

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string headers, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method switch
            {
                "PUT" => new ByteArrayContent(Pictures.Png(2)),
                "PATCH" => new StringContent("""{"title":"Root"}""", null, "application/json"),
                _ => null,
            },
        };

        foreach (var header in headers.Replace("{tag}", tag, StringComparison.Ordinal).Split('\n'))
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);

        return await (client ?? Member).SendAsync(request);
    }
}
