using System.Net;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

public sealed class SignInTests : SessionFixture
{
    [Test]
    public async Task Signing_in_returns_to_the_page_with_a_session_that_describes_the_user()
    {
        Discord.Reset(42, 44);
        var browser = Open();
        var before = Time.GetUtcNow();

        Assert.That(await browser.SignInAsync("/games/x?text=a%20b#top"), Is.EqualTo("/games/x?text=a%20b#top"));

        using var response = await browser.GetAsync("/api/v1/session");
        var session = await ServiceTests.JsonAsync(response);
        Assert.Multiple(() =>
        {
            Assert.That(
                session.GetProperty("user").ToString(),
                Is.EqualTo("""{"id":"7","name":"Ann","avatar_url":"/api/v1/session/avatar"}"""));
            Assert.That(
                session.GetProperty("guilds").ToString(),
                Is.EqualTo(
                    """[{"id":"42","name":"Guild no. 42","icon_url":"/api/v1/guilds/42/icon"},"""
                    + """{"id":"44","name":"Guild no. 44","icon_url":"/api/v1/guilds/44/icon"}]"""));
            Assert.That(session.GetProperty("csrf_token").GetString(), Is.Not.Empty);
            Assert.That(
                session.GetProperty("expires_at").GetDateTimeOffset(),
                Is.EqualTo(before.AddDays(7)).Within(TimeSpan.FromMinutes(1)));
            Assert.That(session.GetProperty("expires_at").GetString(), Does.EndWith("Z"));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        });
    }

    [Test]
    public async Task The_cookies_are_for_this_host_and_HTTPS_only_and_scripts_cannot_read_them()
    {
        var browser = await SignInAsync();
        await browser.SessionAsync();

        var session = browser
            .SetCookies.Single(cookie => cookie.StartsWith("__Host-session=", StringComparison.Ordinal))
            .ToLowerInvariant();
        Assert.That(
            session,
            Does.Contain("; path=/;")
                .And.Contain("; secure")
                .And.Contain("; samesite=lax")
                .And.Contain("; httponly")
                .And.Contain("; expires=")
                .And.Not.Contain("domain"));
        Assert.That(
            browser.SetCookies.Select(cookie => cookie.ToLowerInvariant()),
            Is.All.Contain("; secure").And.All.Contain("; samesite=lax").And.All.Contain("; httponly"));
    }

    [Test]
    public async Task A_sign_in_in_a_new_tab_ends_at_the_page_that_notifies_the_other_tabs() =>
        Assert.That(await Open().SignInAsync("/signed-in"), Is.EqualTo("/signed-in"));

    [TestCase("//evil.example")]
    [TestCase(@"/\evil.example")]
    [TestCase("/\t/evil.example")]
    [TestCase("/\n/evil.example")]
    [TestCase("https://evil.example/")]
    [TestCase("javascript:alert(1)")]
    [TestCase("evil")]
    [TestCase("")]
    [TestCase("/ü")]
    public async Task A_return_URL_that_is_not_a_local_path_leads_to_the_first_page(string url) =>
        Assert.That(await Open().SignInAsync(url), Is.EqualTo("/"));

    [TestCase(1000, false)]
    [TestCase(1001, true)]
    public async Task A_return_URL_that_is_too_long_leads_to_the_first_page(int length, bool isCut)
    {
        var url = $"/{new string('x', length - 1)}";
        Assert.That(await Open().SignInAsync(url), Is.EqualTo(isCut ? "/" : url));
    }

    [Test]
    public async Task A_user_who_denies_access_at_Discord_gets_no_session()
    {
        Discord.IsDenied = true;
        await AssertFailsAsync(Open(), "denied");
    }

    [TestCase(true, "denied")]
    [TestCase(false, "failed")]
    public async Task A_failed_sign_in_keeps_the_return_URL(bool isDenied, string reason)
    {
        var browser = Open();
        Discord.IsDenied = isDenied;
        var callback = await browser.AuthorizeAsync("/games?status=scheduled&text=x");
        Discord.IsAway = true;

        Assert.That(
            Browser.Location(await browser.GetAsync(callback)).OriginalString,
            Is.EqualTo($"/sign-in-failed?reason={reason}&return_url=%2Fgames%3Fstatus%3Dscheduled%26text%3Dx"));
    }

    private static readonly object[] InvalidUsers =
    [
        new { username = "ann" },
        new { id = "7" },
        new { id = "7", username = (string?)null },
        "ann",
    ];

    [TestCaseSource(nameof(InvalidUsers))]
    public async Task A_user_without_an_id_or_a_name_fails_the_sign_in(object user)
    {
        Discord.User = user;
        await AssertFailsAsync(Open(), "failed");
    }

    [Test]
    public async Task Repeated_and_null_guilds_are_ignored()
    {
        Discord.Guilds = [Discord.Guilds[0], Discord.Guilds[0], null!];
        var session = await (await SignInAsync()).SessionAsync();

        Assert.That(
            session.GetProperty("guilds").EnumerateArray().Select(guild => ServiceTests.Text(guild, "id")),
            Is.EqualTo(new[] { "42" }));
    }

    [Test]
    public async Task A_callback_with_the_state_of_another_browser_is_rejected()
    {
        var attacker = Open();
        var victim = Open();
        await victim.AuthorizeAsync();
        await AssertFailsAsync(victim, "failed", await attacker.AuthorizeAsync());
    }

    [TestCase("/sign-in/discord")]
    [TestCase("/sign-in/discord?code=x&state=y")]
    public async Task A_callback_without_a_sign_in_is_rejected(string callback) => await AssertFailsAsync(Open(), "failed", callback);

    [Test]
    public async Task The_code_of_another_browser_is_rejected()
    {
        var attacker = Open();
        var victim = Open();
        var code = QueryOf(await attacker.AuthorizeAsync())["code"];
        var callback = await victim.AuthorizeAsync();
        await AssertFailsAsync(victim, "failed", callback.Replace(QueryOf(callback)["code"]!, code));
    }

    [Test]
    public async Task A_code_is_valid_once()
    {
        var browser = Open();
        var callback = await browser.AuthorizeAsync();
        var copy = browser.Copy();
        Assert.That(Browser.Location(await browser.GetAsync(callback)).OriginalString, Is.EqualTo("/"));

        await AssertFailsAsync(Open(), "failed", callback);
        await AssertFailsAsync(copy, "failed", callback);
    }

    [Test]
    public async Task An_outage_of_Discord_fails_the_sign_in()
    {
        var browser = Open();
        var callback = await browser.AuthorizeAsync();
        Discord.IsAway = true;
        await AssertFailsAsync(browser, "failed", callback);
    }

    [Test]
    public async Task A_wrong_client_secret_fails_the_sign_in()
    {
        await using var service = StartService(("SignIn:ClientSecret", "wrong"));
        await AssertFailsAsync(Open(service), "failed");
    }

    [Test]
    public async Task A_second_sign_in_creates_another_session_and_invalidates_the_CSRF_token()
    {
        var browser = await SignInAsync();
        var first = browser.SessionCookie;
        var csrf = await browser.CsrfTokenAsync();
        await browser.SignInAsync();

        Assert.That(browser.SessionCookie, Is.Not.EqualTo(first));
        await ProblemAsync(await browser.SendAsync("POST", "/api/v1/games", csrf, Game()), HttpStatusCode.BadRequest, "csrf");
    }

    [Test]
    public async Task A_service_without_an_application_at_Discord_offers_no_sign_in()
    {
        await using var service = new Service(Database, Time, ("Proxies:Known:0", "127.0.0.0/8"));
        using var response = await Open(service).GetAsync("/sign-in");

        Assert.That(Browser.Location(response).OriginalString, Is.EqualTo("/sign-in-failed?reason=unavailable"));
        Assert.That(
            (await ServiceTests.JsonAsync(await Open(service).GetAsync("/api/v1/sign-in-options"))).ToString(),
            Is.EqualTo("""{"discord":false,"try_it":false}"""));
    }

    [Test]
    public async Task Anonymous_callers_may_read_the_ways_to_sign_in() =>
        Assert.That(
            (await ServiceTests.JsonAsync(await Open().GetAsync("/api/v1/sign-in-options"))).ToString(),
            Is.EqualTo("""{"discord":true,"try_it":false}"""));

    [Test]
    public async Task Plain_HTTP_allows_neither_sign_in_nor_cookies_outside_of_Development()
    {
        var browser = Open(scheme: "http");
        Assert.That(Browser.Location(await browser.GetAsync("/sign-in")).OriginalString, Is.EqualTo("/sign-in-failed?reason=unavailable"));

        var cookie = (await SignInAsync()).SessionCookie;
        browser.Cookies["session"] = cookie;
        browser.Cookies["__Host-session"] = cookie;
        await ProblemAsync(await browser.GetAsync("/api/v1/session"), HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task The_development_sign_in_does_not_exist_outside_of_Development()
    {
        using var response = await Open().SendAsync("POST", "/sign-in/try-it", json: new { });
        await ProblemAsync(response, HttpStatusCode.NotFound);
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task The_development_sign_in_works_over_plain_HTTP()
    {
        await using var service = StartService(("environment", "Development"));
        var browser = Open(service, "http");
        Assert.That((await browser.SendAsync("POST", "/sign-in/try-it", json: new { })).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        var session = await browser.SessionAsync();
        Assert.That(session.GetProperty("user").ToString(), Is.EqualTo("""{"id":"7","name":"Ann","avatar_url":null}"""));
        Assert.That(
            session.GetProperty("guilds").EnumerateArray().Select(guild => ServiceTests.Text(guild, "id")),
            Is.EqualTo(new[] { "42", "43" }));
        Assert.That(
            (await browser.SendAsync("POST", "/api/v1/games", ServiceTests.Text(session, "csrf_token"), Game())).StatusCode,
            Is.EqualTo(HttpStatusCode.Created));

        await browser.SendAsync("POST", "/sign-in/try-it", json: new { name = "Bob", user_id = "8", guild_ids = new[] { "5" } });
        Assert.That((await browser.SessionAsync()).GetProperty("user").GetProperty("name").GetString(), Is.EqualTo("Bob"));

        // Production rejects the session even with the same keys.
        var production = Open();
        production.Cookies["__Host-session"] = browser.SessionCookie;
        await ProblemAsync(await production.GetAsync("/api/v1/session"), HttpStatusCode.Unauthorized, "session_ended");
    }

    [TestCase("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/x-www-form-urlencoded", "name=Bob", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/json", "", HttpStatusCode.BadRequest)]
    [TestCase("application/json", "[]", HttpStatusCode.BadRequest)]
    [TestCase("application/json", """{"user_id":7}""", HttpStatusCode.BadRequest)]
    [TestCase("application/json", """{"guild_ids":["x"]}""", HttpStatusCode.BadRequest)]
    [TestCase("application/json", """{"nickname":"x"}""", HttpStatusCode.BadRequest)]
    public async Task The_development_sign_in_rejects_invalid_bodies_and_types_that_other_sites_can_send(
        string type, string body, HttpStatusCode expected)
    {
        await using var service = StartService(("environment", "Development"));
        using var client = service.CreateClient([]);
        using var response = await client.PostAsync("/sign-in/try-it", new StringContent(body, Encoding.UTF8, type));

        await ProblemAsync(response, expected);
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    private static System.Collections.Specialized.NameValueCollection QueryOf(string path) =>
        System.Web.HttpUtility.ParseQueryString(path[path.IndexOf('?')..]);

    private static async Task AssertFailsAsync(Browser browser, string reason, string? callback = null)
    {
        using var end = await browser.GetAsync(callback ?? await browser.AuthorizeAsync());
        Assert.That(Browser.Location(end).OriginalString, Is.EqualTo($"/sign-in-failed?reason={reason}"));
        await ProblemAsync(await browser.GetAsync("/api/v1/session"), HttpStatusCode.Unauthorized);
    }
}
