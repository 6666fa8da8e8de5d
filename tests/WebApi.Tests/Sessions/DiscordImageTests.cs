using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

public sealed class DiscordImageTests : SessionFixture
{
    private static long lastGuild = 1000;

    [TestCase("icon")]
    [TestCase("avatar")]
    public async Task Pictures_are_passed_on_with_the_type_that_their_bytes_have(string kind)
    {
        Discord.Picture = ("text/html", Pictures.Gif(1));
        using var response = await GetAsync(kind);

        var bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(bytes, Is.EqualTo(Pictures.Gif(1)));
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("image/gif"));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("max-age=3600, private"));
            Assert.That(response.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(new[] { "default-src 'none'; sandbox" }));
            Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        });
    }

    [TestCase("none")]
    [TestCase("a page")]
    [TestCase("too long")]
    [TestCase("away")]
    public async Task What_is_no_small_picture_is_not_found(string picture)
    {
        Discord.Picture = picture switch
        {
            "none" => null,
            "a page" => ("image/png", "<script>alert(1)</script>"u8.ToArray()),
            "too long" => ("image/png", Pictures.Png(1, 257 * 1024)),
            _ => ("image/png", Pictures.Png(1)),
        };
        await ProblemAsync(await GetAsync("icon", isAway: picture == "away"), HttpStatusCode.NotFound);
    }

    [TestCase("../../users/@me")]
    [TestCase("x?size=4096&")]
    public async Task What_is_no_hash_is_asked_for_nowhere(string hash)
    {
        Discord.Picture = ("image/png", Pictures.Png(1));
        Discord.Guilds = [new { id = "42", name = "x", icon = hash }];
        var browser = await SignInAsync();
        Discord.Paths.Clear();

        await ProblemAsync(await browser.GetAsync("/api/v1/guilds/42/icon"), HttpStatusCode.NotFound);
        Assert.That(Discord.Paths, Is.Empty);
    }

    [TestCase("43")]
    [TestCase("x")]
    [TestCase("-42")]
    public async Task A_guild_that_is_not_the_users_has_no_icon(string guild)
    {
        Discord.Picture = ("image/png", Pictures.Png(1));
        await ProblemAsync(await (await SignInAsync()).GetAsync($"/api/v1/guilds/{guild}/icon"), HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_picture_is_fetched_once()
    {
        var guild = ++lastGuild;
        Discord.Reset(guild);
        Discord.Picture = ("image/png", Pictures.Png(1));
        var browser = await SignInAsync();
        await browser.GetAsync($"/api/v1/guilds/{guild}/icon");
        Discord.IsAway = true;

        Assert.That((await browser.GetAsync($"/api/v1/guilds/{guild}/icon")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    // Each of a guild and user of its own: pictures are kept.
    private async Task<HttpResponseMessage> GetAsync(string kind, bool isAway = false)
    {
        var guild = ++lastGuild;
        Discord.Guilds = [new { id = $"{guild}", name = "x", icon = "0123" }];
        var browser = await SignInAsync();
        Discord.IsAway = isAway;
        return await browser.GetAsync(kind == "icon" ? $"/api/v1/guilds/{guild}/icon" : "/api/v1/session/avatar");
    }
}
