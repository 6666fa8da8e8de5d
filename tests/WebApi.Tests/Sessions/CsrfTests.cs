using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

public sealed class CsrfTests : SessionFixture
{
    private static readonly string Game1 = $"/api/v1/games/{Guid.Empty}";

    private static readonly (string Method, string Path)[] Changes =
    [
        ("POST", "/api/v1/games"),
        ("PATCH", Game1),
        ("DELETE", Game1),
        ("POST", $"{Game1}/clone"),
        ("PUT", $"{Game1}/thumbnail"),
        ("DELETE", $"{Game1}/thumbnail"),
        ("PUT", $"{Game1}/banner"),
        ("DELETE", $"{Game1}/banner"),
        ("POST", "/api/v1/nowhere"),
        ("POST", "/sign-out"),
    ];

    [TestCase("none")]
    [TestCase("empty")]
    [TestCase("nonsense")]
    [TestCase("another user")]
    [TestCase("another browser of the user")]
    [TestCase("an earlier session of the browser")]
    [TestCase("the cookie")]
    [TestCase("no CSRF cookie")]
    public async Task A_session_cannot_change_anything_without_its_CSRF_token(string token)
    {
        var browser = await SignInAsync();
        var earlier = await browser.CsrfTokenAsync();
        if (token == "an earlier session of the browser")
            await browser.SignInAsync();

        await browser.SessionAsync();
        var other = await SignInAsync();
        if (token == "another user")
        {
            Discord.User = new { id = "8", username = "bob" };
            await other.SignInAsync();
        }

        var sent = token switch
        {
            "none" => null,
            "empty" => "",
            "nonsense" => "x",
            "the cookie" => browser.Cookies["__Host-csrf"],
            "another user" or "another browser of the user" => await other.CsrfTokenAsync(),
            _ => earlier,
        };
        if (token == "no CSRF cookie")
            browser.Cookies.Remove("__Host-csrf");

        foreach (var (method, path) in Changes)
            await ProblemAsync(await browser.SendAsync(method, path, sent, Game()), HttpStatusCode.BadRequest, "csrf");

        if (token != "no CSRF cookie")
            Assert.That((await browser.GetAsync("/api/v1/session")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM game_sessions"), Is.Zero);
    }

    [Test]
    public async Task A_session_can_use_its_CSRF_token_for_every_change_and_repeatedly()
    {
        var browser = await SignInAsync();
        var csrf = await browser.CsrfTokenAsync();
        await browser.CsrfTokenAsync();

        foreach (var (method, path) in Changes)
        {
            using var response = await browser.SendAsync(method, path, csrf, new { });
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("csrf"));
        }
    }

    [Test]
    public async Task A_CSRF_token_in_a_form_field_is_ignored()
    {
        var browser = await SignInAsync();
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false })
        {
            BaseAddress = Service.ClientOptions.BaseAddress,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/games")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string> { ["__RequestVerificationToken"] = await browser.CsrfTokenAsync() }),
            Headers =
            {
                { "X-Forwarded-Proto", "https" },
                { "X-Forwarded-For", "198.51.100.7" },
                { "Cookie", string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")) },
            },
        };

        await ProblemAsync(await client.SendAsync(request), HttpStatusCode.BadRequest, "csrf");
    }

    [Test]
    public async Task A_bearer_token_needs_no_CSRF_token()
    {
        using var client = Service.CreateClient(43);
        foreach (var (method, path) in Changes)
        {
            using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("csrf"));
        }
    }

    [Test]
    public async Task Reading_needs_no_CSRF_token_and_changes_nothing()
    {
        var browser = await SignInAsync();

        foreach (var path in new[] { "/api/v1/session", "/api/v1/games", "/api/v1/sign-in-options" })
            Assert.That((await browser.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        foreach (var path in new[] { "/sign-out", "/sign-in/try-it" })
            Assert.That(
                (await browser.GetAsync(path)).StatusCode,
                Is.EqualTo(HttpStatusCode.MethodNotAllowed).Or.EqualTo(HttpStatusCode.NotFound));

        Assert.That((await browser.GetAsync("/api/v1/session")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
