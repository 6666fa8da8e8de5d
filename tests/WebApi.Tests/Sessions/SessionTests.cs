using System.Net;
using System.Net.Http.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

public sealed class SessionTests : SessionFixture
{
    [Test]
    public async Task A_user_of_guild_42_cannot_see_or_change_games_of_guild_43()
    {
        using var stranger = Service.CreateClient(43);
        var theirs = ServiceTests.Text(
            await ServiceTests.JsonAsync(await stranger.PostAsJsonAsync("/api/v1/games", Game("43")), HttpStatusCode.Created),
            "id");
        var browser = await SignInAsync();
        var csrf = await browser.CsrfTokenAsync();
        Discord.Image = ("image/png", Pictures.Png(1));

        Assert.That((await browser.SendAsync("POST", "/api/v1/games", csrf, Game())).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await ProblemAsync(await browser.SendAsync("POST", "/api/v1/games", csrf, Game("43")), HttpStatusCode.Forbidden);
        await ProblemAsync(await browser.GetAsync($"/api/v1/games/{theirs}"), HttpStatusCode.NotFound);
        await ProblemAsync(await browser.SendAsync("DELETE", $"/api/v1/games/{theirs}", csrf), HttpStatusCode.NotFound);
        await ProblemAsync(await browser.GetAsync("/api/v1/guilds/43/icon"), HttpStatusCode.NotFound);

        var list = (await ServiceTests.JsonAsync(await browser.GetAsync("/api/v1/games"))).GetProperty("items");
        Assert.That(list.EnumerateArray().Select(game => ServiceTests.Text(game, "guild_id")), Is.Not.Empty.And.All.EqualTo("42"));
    }

    [Test]
    public async Task Guilds_are_requested_again_after_15_minutes_and_guilds_that_the_user_left_disappear()
    {
        Discord.Reset(42, 43);
        var browser = await SignInAsync();
        Discord.Reset(43);

        Time.Advance(TimeSpan.FromMinutes(14));
        Assert.That(await GuildsAsync(browser), Is.EqualTo(new[] { "42", "43" }));
        Assert.That(Discord.Requests, Is.Zero);

        Time.Advance(TimeSpan.FromMinutes(1));
        var old = browser.Copy();
        Assert.That(await GuildsAsync(browser), Is.EqualTo(new[] { "43" }));
        Assert.That(await GuildsAsync(browser), Is.EqualTo(new[] { "43" }));

        // The guilds in the older cookie are not valid any more either, and the service sends no second request to Discord.
        await ProblemAsync(await old.SendAsync("POST", "/api/v1/games", await old.CsrfTokenAsync(), Game()), HttpStatusCode.Forbidden);
        Assert.That(Discord.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Concurrent_requests_send_one_request_to_Discord()
    {
        var browser = await SignInAsync();
        Discord.Reset(42);
        Time.Advance(TimeSpan.FromMinutes(15));
        var statuses = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(async _ => (await browser.Copy().GetAsync("/api/v1/games")).StatusCode));

        Assert.That(statuses, Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(Discord.Requests, Is.EqualTo(1));
    }

    [TestCase("/api/v1/session")]
    [TestCase("/api/v1/games")]
    public async Task A_token_that_Discord_revokes_ends_the_session(string path)
    {
        var browser = await SignInAsync();
        Discord.Tokens.Clear();
        Time.Advance(TimeSpan.FromMinutes(15));

        await AssertEndedAsync(browser, path);
    }

    [Test]
    public async Task A_signed_in_user_hosts_games_under_the_name_that_Discord_gives()
    {
        var browser = await SignInAsync();
        var csrf = await browser.CsrfTokenAsync();
        using var created = await browser.SendAsync("POST", "/api/v1/games", csrf, new
        {
            guild_id = "42",
            channel_id = "5",
            title = "Root",
            scheduled_at = "2026-02-07T19:30:00Z",
            host_name = "Moderator of guild 43",
        });
        var game = await ServiceTests.JsonAsync(created, HttpStatusCode.Created);
        Assert.Multiple(() =>
        {
            Assert.That(ServiceTests.Text(game, "host_id"), Is.EqualTo("7"));
            Assert.That(ServiceTests.Text(game, "host_name"), Is.EqualTo("Ann"));
        });

        using var rejected = await browser.SendAsync("POST", "/api/v1/games", csrf, new
        {
            guild_id = "42",
            channel_id = "5",
            title = "Root",
            scheduled_at = "2026-02-07T19:30:00Z",
            host_id = "9",
        });
        await ProblemAsync(rejected, HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task An_outage_of_Discord_ends_a_session_only_after_a_day()
    {
        var browser = await SignInAsync();
        Discord.IsAway = true;

        Time.Advance(TimeSpan.FromHours(23));
        Assert.That(await GuildsAsync(browser), Is.EqualTo(new[] { "42" }));
        Time.Advance(TimeSpan.FromHours(1));
        await AssertEndedAsync(browser);
    }

    [Test]
    public async Task A_session_that_is_unused_for_seven_days_ends()
    {
        var browser = await SignInAsync();
        Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await AssertEndedAsync(browser);
    }

    [Test]
    public async Task A_session_in_use_lasts_seven_more_days_and_no_longer_than_its_token()
    {
        var start = Time.GetUtcNow();
        var browser = await SignInAsync();
        Time.Advance(TimeSpan.FromDays(6));
        var session = await browser.SessionAsync();

        Assert.That(session.GetProperty("expires_at").GetDateTimeOffset(), Is.EqualTo(start.AddDays(7)).Within(TimeSpan.FromMinutes(1)));
        Assert.That(
            browser.SetCookies.Last(cookie => cookie.StartsWith("__Host-session=", StringComparison.Ordinal)),
            Does.Contain($"expires={start.AddDays(13):ddd, dd MMM yyyy}"));
    }

    [TestCase("nonsense")]
    [TestCase("")]
    public async Task A_cookie_that_was_tampered_with_is_an_ended_session(string ending)
    {
        var browser = await SignInAsync();
        browser.Cookies["__Host-session"] = browser.SessionCookie[..^20] + ending;
        await AssertEndedAsync(browser);
    }

    [Test]
    public async Task A_session_ends_with_its_token()
    {
        Discord.ExpiresIn = 600;
        var browser = await SignInAsync();
        Time.Advance(TimeSpan.FromSeconds(600));
        await AssertEndedAsync(browser);
    }

    [Test]
    public async Task Signing_out_ends_the_session_for_every_copy_of_its_cookie()
    {
        await using var other = StartService();
        var browser = await SignInAsync();
        var csrf = await browser.CsrfTokenAsync();
        var here = browser.Copy();
        var elsewhere = browser.Copy(other.ClientOptions.BaseAddress);

        Assert.That((await browser.SendAsync("POST", "/sign-out", csrf)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(browser.Cookies.Keys, Has.None.EqualTo("__Host-session"));
        await ProblemAsync(await browser.GetAsync("/api/v1/session"), HttpStatusCode.Unauthorized);

        // The other instance ends the session as soon as it needs the token, which is revoked.
        await AssertEndedAsync(here, "/api/v1/games");
        Time.Advance(TimeSpan.FromMinutes(15));
        await AssertEndedAsync(elsewhere, "/api/v1/games");
    }

    [Test]
    public async Task Signing_out_without_a_session_sets_no_cookie()
    {
        using var response = await Open().SendAsync("POST", "/sign-out");
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
        });
    }

    [Test]
    public async Task A_session_survives_a_restart_and_is_valid_in_every_instance_with_the_same_keys()
    {
        Browser browser;
        await using (var first = StartService())
            browser = (await SignInAsync(first)).Copy();

        await using var second = StartService();
        await using var third = StartService();
        var restarted = browser.Copy(second.ClientOptions.BaseAddress);
        var elsewhere = browser.Copy(third.ClientOptions.BaseAddress);

        // The CSRF token of one instance is valid in the other.
        var csrf = await restarted.CsrfTokenAsync();
        elsewhere.Cookies["__Host-csrf"] = restarted.Cookies["__Host-csrf"];
        Assert.That((await elsewhere.SendAsync("POST", "/api/v1/games", csrf, Game())).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await GuildsAsync(elsewhere), Is.EqualTo(new[] { "42" }));
    }

    [Test]
    public async Task A_session_is_not_valid_in_an_instance_with_other_keys()
    {
        var keys = $"{Keys}-others";
        await using var other = StartService(("DataProtection:Keys", keys));
        await AssertEndedAsync((await SignInAsync()).Copy(other.ClientOptions.BaseAddress));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(keys), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Directory.Delete(keys, recursive: true);
    }

    [Test]
    public async Task The_session_of_a_user_of_200_guilds_with_long_names_fits_into_one_cookie()
    {
        Discord.Guilds =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(guild => new
                {
                    id = $"{long.MaxValue - guild}",
                    name = new string('ß', 100),
                    icon = $"a_{new string('f', 32)}",
                }),
        ];
        Discord.User = new
        {
            id = $"{long.MaxValue}",
            username = "x",
            global_name = new string('ß', 32),
            avatar = $"a_{new string('f', 32)}",
        };
        var browser = await SignInAsync();

        Assert.That(
            browser.SetCookies.Where(cookie => cookie.StartsWith("__Host-session", StringComparison.Ordinal)).Single(),
            Has.Length.LessThan(4096));
        Assert.That(await GuildsAsync(browser), Has.Count.EqualTo(200));
        Assert.That((await browser.GetAsync("/api/v1/games")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_anonymous_request_is_401_and_never_redirected()
    {
        foreach (var path in new[] { "/api/v1/session", "/api/v1/session/avatar", "/api/v1/guilds/42/icon", "/api/v1/games" })
        {
            using var response = await Open().GetAsync(path);
            await ProblemAsync(response, HttpStatusCode.Unauthorized);
            Assert.That(response.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
        }
    }

    [Test]
    public async Task A_request_with_an_Authorization_header_never_uses_the_cookie()
    {
        var browser = await SignInAsync();

        await ProblemAsync(await browser.SendAsync("GET", "/api/v1/games", token: "x"), HttpStatusCode.Unauthorized);
        await ProblemAsync(await browser.SendAsync("GET", "/api/v1/session", token: Service.Token([42])), HttpStatusCode.Unauthorized);
        await ProblemAsync(
            await browser.SendAsync("POST", "/api/v1/games", token: Service.Token([43]), json: Game()),
            HttpStatusCode.Forbidden);

        Assert.That(
            (await browser.SendAsync("POST", "/api/v1/games", token: Service.Token([43]), json: Game("43"))).StatusCode,
            Is.EqualTo(HttpStatusCode.Created));
        Assert.That(
            (await browser.SendAsync("POST", "/sign-out", token: Service.Token([43]))).StatusCode,
            Is.EqualTo(HttpStatusCode.NoContent));
        await browser.SessionAsync();
    }

    [Test]
    public async Task No_response_may_be_framed_or_sniffed_or_shared_between_callers()
    {
        var browser = await SignInAsync();

        foreach (var path in new[] { "/api/v1/session", "/api/v1/games", "/api/v1/games?limit=0", "/api/v1/nowhere" })
        {
            using var response = await browser.GetAsync(path);
            Assert.Multiple(() =>
            {
                Assert.That(response.Headers.GetValues("X-Frame-Options"), Is.EqualTo(new[] { "DENY" }));
                Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
                Assert.That(response.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "same-origin" }));
                Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Cookie", "Authorization" }));
            });
        }
    }

    [Test, Category("Process")]
    public async Task The_log_contains_neither_tokens_nor_cookies()
    {
        using var process = Service.StartProcess(
            Database,
            [
                .. Discord.Settings.Select(setting => (setting.Key, (string?)setting.Value)),
                ("DataProtection:Keys", Keys),
                ("Proxies:Known:0", "127.0.0.0/8"),
                ("Logging:LogLevel:Default", "Trace"),
                ("Logging:LogLevel:Microsoft.AspNetCore", "Information"),
            ]);
        string text,
            cookie,
            csrf,
            token;

        try
        {
            using var client = await Service.CreateClientAsync(process);
            var reading = process.StandardOutput.ReadToEndAsync();
            using var browser = new Browser(client.BaseAddress!);
            Discord.Tokens.Clear();

            await browser.SignInAsync();
            cookie = browser.SessionCookie;
            csrf = await browser.CsrfTokenAsync();
            token = Discord.Tokens.Keys.Single();
            await browser.SendAsync("POST", "/sign-out", csrf);
            process.Kill();
            text = await reading;
        }
        finally
        {
            process.Kill();
        }

        Assert.That(text, Does.Contain("/sign-in"));
        foreach (var secret in new[] { cookie, csrf, token, DiscordStandIn.Secret })
            Assert.That(text, Does.Not.Contain(secret));
    }

    private static async Task<List<string?>> GuildsAsync(Browser browser) =>
        [.. (await browser.SessionAsync()).GetProperty("guilds").EnumerateArray().Select(guild => ServiceTests.Text(guild, "id"))];

    private static async Task AssertEndedAsync(Browser browser, string path = "/api/v1/session")
    {
        using var response = await browser.GetAsync(path);
        await ProblemAsync(response, HttpStatusCode.Unauthorized, "session_ended");
        Assert.That(response.Headers.CacheControl?.NoStore, Is.True);

        // The response deletes the cookie, so the next request is anonymous.
        await ProblemAsync(await browser.GetAsync(path), HttpStatusCode.Unauthorized);
    }
}
