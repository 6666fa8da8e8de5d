using System.Net;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

public sealed class SignInTests : SessionFixture
{
    [Test]
    public async Task Signing_in_leads_back_to_the_page_with_a_session_that_says_who_is_there()
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
                    """[{"id":"42","name":"Guild no. 42","icon_url":"/api/v1/guilds/42/icon"},{"id":"44","name":"Guild no. 44","icon_url":"/api/v1/guilds/44/icon"}]"""
                ));
            Assert.That(session.GetProperty("csrf_token").GetString(), Is.Not.Empty);
            Assert.That(
                session.GetProperty("expires_at").GetDateTimeOffset(),
                Is.EqualTo(before.AddDays(7)).Within(TimeSpan.FromMinutes(1)));
            Assert.That(session.GetProperty("expires_at").GetString(), Does.EndWith("Z"));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        });
    }

    [Test]
    public async Task The_cookies_are_for_this_host_over_HTTPS_alone_and_out_of_reach_of_scripts()
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
    public async Task A_sign_in_in_a_new_tab_ends_at_the_page_that_tells_the_others() =>
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
    public async Task A_return_URL_that_is_no_local_path_leads_to_the_first_page(string url) =>
        Assert.That(await Open().SignInAsync(url), Is.EqualTo("/"));

    [TestCase(1000, false)]
    [TestCase(1001, true)]
    public async Task A_return_URL_is_no_longer_than_the_way_to_Discord_and_back_allows(int length, bool isCut)
    {
        var url = $"/{new string('x', length - 1)}";
        Assert.That(await Open().SignInAsync(url), Is.EqualTo(isCut ? "/" : url));
    }

    [Test]
    public async Task Who_says_no_at_Discord_has_no_session()
    {
        Discord.IsDenied = true;
        await AssertFailsAsync(Open(), "denied");
    }

    [TestCase(true, "denied")]
    [TestCase(false, "failed")]
    public async Task A_sign_in_that_came_to_nothing_remembers_where_it_was_to_lead(bool isDenied, string reason)
    {
        var browser = Open();
        Discord.IsDenied = isDenied;
        var callback = await browser.AuthorizeAsync("/games?status=scheduled&text=x");
        Discord.IsAway = true;

        Assert.That(
            Browser.Location(await browser.GetAsync(callback)).OriginalString,
            Is.EqualTo($"/sign-in-failed?reason={reason}&return_url=%2Fgames%3Fstatus%3Dscheduled%26text%3Dx"));
    }

    private static readonly object[] Nobody =
    [
        new { username = "ann" },
        new { id = "7" },
        new { id = "7", username = (string?)null },
        "ann",
    ];

    [TestCaseSource(nameof(Nobody))]
    public async Task A_user_without_an_id_or_a_name_is_a_sign_in_that_failed(object user)
    {
        Discord.User = user;
        await AssertFailsAsync(Open(), "failed");
    }

    [Test]
    public async Task Guilds_count_once_and_those_that_are_none_do_not()
    {
        Discord.Guilds = [Discord.Guilds[0], Discord.Guilds[0], null!];
        var session = await (await SignInAsync()).SessionAsync();

        Assert.That(
            session.GetProperty("guilds").EnumerateArray().Select(guild => ServiceTests.Text(guild, "id")),
            Is.EqualTo(new[] { "42" }));
    }

    [Test]
    public async Task A_callback_with_the_state_of_another_browser_is_refused()
    {
        var (attacker, victim) = (Open(), Open());
        await victim.AuthorizeAsync();
        await AssertFailsAsync(victim, "failed", await attacker.AuthorizeAsync());
    }

    [TestCase("/sign-in/discord")]
    [TestCase("/sign-in/discord?code=x&state=y")]
    public async Task A_callback_that_nobody_asked_for_is_refused(string callback) => await AssertFailsAsync(Open(), "failed", callback);

    [Test]
    public async Task The_code_of_another_browser_is_refused()
    {
        var (attacker, victim) = (Open(), Open());
        var code = QueryOf(await attacker.AuthorizeAsync())["code"];
        var callback = await victim.AuthorizeAsync();
        await AssertFailsAsync(victim, "failed", callback.Replace(QueryOf(callback)["code"]!, code));
    }

    [Test]
    public async Task A_code_counts_once()
    {
        var browser = Open();
        var callback = await browser.AuthorizeAsync();
        var copy = browser.Copy();
        Assert.That(Browser.Location(await browser.GetAsync(callback)).OriginalString, Is.EqualTo("/"));

        await AssertFailsAsync(Open(), "failed", callback);
        await AssertFailsAsync(copy, "failed", callback);
    }

    [Test]
    public async Task A_Discord_that_is_away_is_a_sign_in_that_failed()
    {
        var browser = Open();
        var callback = await browser.AuthorizeAsync();
        Discord.IsAway = true;
        await AssertFailsAsync(browser, "failed", callback);
    }

    [Test]
    public async Task A_secret_that_Discord_does_not_know_is_a_sign_in_that_failed()
    {
        await using var service = StartService(("SignIn:ClientSecret", "wrong"));
        await AssertFailsAsync(Open(service), "failed");
    }

    [Test]
    public async Task A_second_sign_in_is_another_session_and_tells_nothing_to_who_knew_the_first()
    {
        var browser = await SignInAsync();
        var (first, csrf) = (browser.SessionCookie, await browser.CsrfTokenAsync());
        await browser.SignInAsync();

        Assert.That(browser.SessionCookie, Is.Not.EqualTo(first));
        await ProblemAsync(await browser.SendAsync("POST", "/api/v1/games", csrf, Game()), HttpStatusCode.BadRequest, "csrf");
    }

    [Test]
    public async Task A_service_that_is_not_told_of_an_application_says_so()
    {
        await using var service = new Service(Database, Time, ("Proxies:Known:0", "127.0.0.0/8"));
        using var response = await Open(service).GetAsync("/sign-in");

        Assert.That(Browser.Location(response).OriginalString, Is.EqualTo("/sign-in-failed?reason=unavailable"));
        Assert.That(
            (await ServiceTests.JsonAsync(await Open(service).GetAsync("/api/v1/sign-in-options"))).ToString(),
            Is.EqualTo("""{"discord":false,"try_it":false}"""));
    }

    [Test]
    public async Task The_ways_to_sign_in_are_told_to_anybody() =>
        Assert.That(
            (await ServiceTests.JsonAsync(await Open().GetAsync("/api/v1/sign-in-options"))).ToString(),
            Is.EqualTo("""{"discord":true,"try_it":false}"""));

    [Test]
    public async Task Over_plain_HTTP_nobody_signs_in_and_no_cookie_counts_outside_of_development()
    {
        var browser = Open(scheme: "http");
        Assert.That(Browser.Location(await browser.GetAsync("/sign-in")).OriginalString, Is.EqualTo("/sign-in-failed?reason=unavailable"));

        var cookie = (await SignInAsync()).SessionCookie;
        (browser.Cookies["session"], browser.Cookies["__Host-session"]) = (cookie, cookie);
        await ProblemAsync(await browser.GetAsync("/api/v1/session"), HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Outside_of_development_nobody_tries_it()
    {
        using var response = await Open().SendAsync("POST", "/sign-in/try-it", json: new { });
        await ProblemAsync(response, HttpStatusCode.NotFound);
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task In_development_anybody_may_try_it_over_plain_HTTP()
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

        // Not even where the keys are the same.
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
    public async Task What_another_site_could_send_or_what_makes_no_sense_is_no_trial(string type, string body, HttpStatusCode expected)
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
