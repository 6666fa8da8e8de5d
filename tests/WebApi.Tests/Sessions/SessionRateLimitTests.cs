using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

/// <summary>
/// A session gives a member a limit of requests for images. All browsers here have one address, which may send one request a day.
/// </summary>
public sealed class SessionRateLimitTests : SessionFixture
{
    private const int OfMember = 4;

    private Service limited = null!;
    private string path = "";

    [SetUp]
    public async Task Use_up_the_limit_of_the_address()
    {
        limited = StartService(
            ("PublicImages:RateLimits:0:Permits", "1"), ("PublicImages:RateLimits:0:Window", "1.00:00:00"),
            ("PublicImages:RateLimits:1:Permits", "1"), ("PublicImages:RateLimits:1:Window", "1.00:00:00"));
        using var client = limited.CreateClient(42);
        var game = await ServiceTests.JsonAsync(
            await client.PostAsync("/api/v1/games", ServiceTests.Form(Pictures.Png(1))), HttpStatusCode.Created);
        path = $"/api/v1/public/images/{ServiceTests.Text(game, "thumbnail_id")}";

        await ExpectAsync(Open(limited), HttpStatusCode.OK);
        await ExpectAsync(Open(limited), HttpStatusCode.TooManyRequests);
    }

    [TearDown]
    public ValueTask Stop_the_service() => limited.DisposeAsync();

    [Test]
    public async Task A_signed_in_member_gets_images_and_no_cookie_and_Discord_is_not_asked()
    {
        var browser = await SignInAsync(limited);
        Discord.Reset(42);

        // Other routes would now check the guilds of the user and renew the session.
        Time.Advance(TimeSpan.FromDays(4));
        var cookies = browser.SetCookies.Count;

        for (var request = 0; request < OfMember; request++)
            await ExpectAsync(browser, HttpStatusCode.OK);
        await ExpectAsync(browser, HttpStatusCode.TooManyRequests);

        Assert.That(browser.SetCookies, Has.Count.EqualTo(cookies));
        Assert.That(Discord.Requests, Is.Zero);
    }

    [Test]
    public async Task A_user_has_one_limit_for_all_sessions_and_tokens()
    {
        var browser = await SignInAsync(limited);
        await ExpectAsync(browser, HttpStatusCode.OK);
        await ExpectAsync(await SignInAsync(limited), HttpStatusCode.OK);
        for (var request = 2; request < OfMember; request++)
        {
            using var response = await Open(limited).SendAsync("GET", path, token: Service.Token([42]));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await ExpectAsync(browser, HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task A_session_that_was_signed_out_has_no_limit_of_its_own()
    {
        var browser = await SignInAsync(limited);
        var copy = browser.Copy();
        using var signedOut = await browser.SendAsync("POST", "/sign-out", await browser.CsrfTokenAsync());
        Assert.That(signedOut.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await ExpectAsync(copy, HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task A_session_that_is_unused_for_seven_days_has_no_limit_of_its_own()
    {
        var browser = await SignInAsync(limited);
        Discord.ExpiresIn = 30 * 86_400;
        var longer = await SignInAsync(limited);
        Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));

        await ExpectAsync(browser, HttpStatusCode.TooManyRequests);
        await ExpectAsync(longer, HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task A_session_whose_token_has_expired_has_no_limit_of_its_own()
    {
        Discord.ExpiresIn = 600;
        var browser = await SignInAsync(limited);
        Time.Advance(TimeSpan.FromSeconds(600));
        await ExpectAsync(browser, HttpStatusCode.TooManyRequests);
    }

    [TestCase("nonsense")]
    [TestCase("")]
    public async Task A_cookie_that_was_tampered_with_has_no_limit_of_its_own(string ending)
    {
        var browser = await SignInAsync(limited);
        browser.Cookies["__Host-session"] = browser.SessionCookie[..^20] + ending;
        await ExpectAsync(browser, HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task An_invalid_token_beside_a_session_has_no_limit_of_its_own()
    {
        var browser = await SignInAsync(limited);
        using var response = await browser.SendAsync("GET", path, token: "nonsense");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    private async Task ExpectAsync(Browser browser, HttpStatusCode expected)
    {
        using var response = await browser.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }
}
