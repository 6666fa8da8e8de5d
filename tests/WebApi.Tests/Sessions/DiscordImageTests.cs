using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

public sealed class DiscordImageTests : SessionFixture
{
    private static long lastGuild = 1000;

    [TestCase("icon")]
    [TestCase("avatar")]
    public async Task An_image_is_sent_with_the_type_of_its_bytes(string kind)
    {
        Discord.Image = ("text/html", Pictures.Gif(1));
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
    [TestCase("outage")]
    public async Task A_file_that_is_not_a_small_image_is_not_found(string image)
    {
        Discord.Image = image switch
        {
            "none" => null,
            "a page" => ("image/png", "<script>alert(1)</script>"u8.ToArray()),
            "too long" => ("image/png", Pictures.Png(1, 257 * 1024)),
            _ => ("image/png", Pictures.Png(1)),
        };
        await ProblemAsync(await GetAsync("icon", isAway: image == "outage"), HttpStatusCode.NotFound);
    }

    [TestCase("../../users/@me")]
    [TestCase("x?size=4096&")]
    public async Task An_icon_with_an_invalid_hash_is_not_requested(string hash)
    {
        Discord.Image = ("image/png", Pictures.Png(1));
        Discord.Guilds = [new { id = "42", name = "x", icon = hash }];
        var browser = await SignInAsync();
        Discord.Paths.Clear();

        await ProblemAsync(await browser.GetAsync("/api/v1/guilds/42/icon"), HttpStatusCode.NotFound);
        Assert.That(Discord.Paths, Is.Empty);
    }

    [TestCase("43")]
    [TestCase("x")]
    [TestCase("-42")]
    public async Task The_icon_of_another_guild_is_not_found(string guild)
    {
        Discord.Image = ("image/png", Pictures.Png(1));
        await ProblemAsync(await (await SignInAsync()).GetAsync($"/api/v1/guilds/{guild}/icon"), HttpStatusCode.NotFound);
    }

    [Test]
    public async Task An_image_is_fetched_once()
    {
        var guild = ++lastGuild;
        Discord.Reset(guild);
        Discord.Image = ("image/png", Pictures.Png(1));
        var browser = await SignInAsync();
        await browser.GetAsync($"/api/v1/guilds/{guild}/icon");
        Discord.IsAway = true;

        Assert.That((await browser.GetAsync($"/api/v1/guilds/{guild}/icon")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    // Each call has a new guild, because the service caches images.
    private async Task<HttpResponseMessage> GetAsync(string kind, bool isAway = false)
    {
        var guild = ++lastGuild;
        Discord.Guilds = [new { id = $"{guild}", name = "x", icon = "0123" }];
        var browser = await SignInAsync();
        Discord.IsAway = isAway;
        return await browser.GetAsync(kind == "icon" ? $"/api/v1/guilds/{guild}/icon" : "/api/v1/session/avatar");
    }
}
