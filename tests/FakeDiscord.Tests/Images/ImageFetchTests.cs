using System.Net;
using System.Text.Json;
using GameImages.Testing.Discord.Images;

namespace GameImages.Testing.Discord.Tests.Images;

public sealed class ImageFetchTests : FakeDiscordTests
{
    private const string Url = "https://images.example.org/a.png";
    private const string PngType = "image/png";

    private ImageServer server = null!;
    private ImageFetching fetching = null!;

    protected override FakeDiscordSettings Settings()
    {
        server = new();
        server.Add(Url, Pictures.Png(1), PngType);
        fetching = new() { Handler = server };
        return base.Settings() with { Images = fetching };
    }

    [TearDown]
    public void Stop_the_server() => server.Dispose();

    [Test]
    public async Task An_image_is_fetched_five_times_and_the_message_contains_its_size()
    {
        var image = (await ReadAsync(await PostAsync(Showing(Url)))).GetProperty("embeds")[0].GetProperty("image");

        Assert.Multiple(() =>
        {
            Assert.That(image.GetProperty("url").GetString(), Is.EqualTo(Url));
            Assert.That(
                image.GetProperty("proxy_url").GetString(),
                Does.StartWith("https://images-ext-1.discordapp.net/external/").And.EndWith("/https/images.example.org/a.png"));
            Assert.That(Size(image), Is.EqualTo((2, 2, PngType)));
            Assert.That(
                Discord.Fetches.Select(fetch => (fetch.Url, fetch.Status, fetch.ContentType, fetch.Bytes, fetch.Failure)),
                Is.EqualTo(Enumerable.Repeat((Url, 200, PngType, Pictures.Png(1).Length, default(string)), 5)));
            Assert.That(Discord.Fetches.First().Headers["content-type"], Is.EqualTo(PngType));
            Assert.That(
                server.Requests.Select(request => request.Headers.UserAgent.ToString()),
                Is.All.EqualTo("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"));
            Assert.That(
                server.Requests.Select(request => request.Headers.Contains("Cookie") || request.Headers.Contains("Authorization")),
                Is.All.False);
        });
    }

    [Test]
    public async Task Every_image_of_every_embed_is_fetched()
    {
        await PostAsync(
            """
            {"embeds":[
              {"image":{"url":"https://example.org/1.png"},"thumbnail":{"url":"https://example.org/2.png"}},
              {"author":{"name":"x","icon_url":"https://example.org/3.png"},"footer":{"text":"x","icon_url":"https://example.org/4.png"}}]}
            """);
        Assert.That(
            Discord.Fetches.Select(fetch => fetch.Url).Distinct().Order(),
            Is.EqualTo(Enumerable.Range(1, 4).Select(number => $"https://example.org/{number}.png")));
    }

    [Test]
    public async Task Only_a_URL_whose_fetch_failed_is_fetched_again()
    {
        await PostAsync(Showing(Url));
        await PostAsync(Showing(Url));
        Assert.That(Discord.Fetches, Has.Count.EqualTo(5));

        const string late = "https://images.example.org/late.png";
        Assert.That(await SizeAsync(late), Is.EqualTo((0, 0, default(string))));
        server.Add(late, Pictures.Png(2), PngType);
        Assert.That(await SizeAsync(late), Is.EqualTo((2, 2, PngType)));
        Assert.That(
            Discord.Fetches.Where(fetch => fetch.Url == late).Select(fetch => fetch.Status),
            Is.EqualTo(new[] { 404, 404, 404, 404, 404, 200, 200, 200, 200, 200 }));
    }

    [Test]
    public async Task An_image_is_shown_only_if_its_extension_content_type_and_bytes_agree()
    {
        server.Add("https://example.org/a.jpeg", Pictures.Jpeg(1), "image/jpeg");
        server.Add("https://example.org/a.gif", Pictures.Gif(1), "image/gif");
        server.Add("https://example.org/a.webp?x=1", Pictures.WebP(9), "image/webp");
        server.Add("https://example.org/a", Pictures.Png(1), PngType);
        server.Add("https://example.org/b.gif", Pictures.Png(1), PngType);
        server.Add("https://example.org/b.png", Pictures.Png(1), "image/jpeg");
        server.Add("https://example.org/c.png", Pictures.Png(1), null);
        server.Add("https://example.org/d.png", Pictures.Gif(1), PngType);
        server.Add("https://example.org/e.png", "<html>"u8.ToArray(), PngType);

        Assert.Multiple(async () =>
        {
            Assert.That(await SizeAsync("https://example.org/a.jpeg"), Is.EqualTo((8, 8, "image/jpeg")));
            Assert.That(await SizeAsync("https://example.org/a.gif"), Is.EqualTo((1, 1, "image/gif")));
            Assert.That(await SizeAsync("https://example.org/a.webp?x=1"), Is.EqualTo((10, 1, "image/webp")));

            foreach (var name in new[] { "a", "b.gif", "b.png", "c.png", "d.png", "e.png" })
            {
                Assert.That(await SizeAsync($"https://example.org/{name}"), Is.EqualTo((0, 0, default(string))), name);
                Assert.That(Discord.Fetches.Last().Failure, Is.Not.Null, name);
            }
        });
    }

    [Test]
    public async Task A_redirect_is_a_failure_unless_the_settings_allow_it()
    {
        server.Pages["https://example.org/r.png"] = () =>
            new(HttpStatusCode.Found) { Headers = { Location = new("/s.png", UriKind.Relative) } };
        server.Add("https://example.org/s.png", Pictures.Png(1), PngType);
        Assert.That(await SizeAsync("https://example.org/r.png"), Is.EqualTo((0, 0, default(string))));

        await using var lenient = await FakeDiscord.StartAsync(base.Settings() with { Images = fetching with { MaxRedirects = 1 } });
        Assert.That(Size(Image(await ReadAsync(await PostToAsync(lenient, "https://example.org/r.png")))), Is.EqualTo((2, 2, PngType)));
    }

    [Test]
    public async Task An_image_without_a_response_within_ten_seconds_is_a_failure()
    {
        var held = new HeldTime();
        await using var discord = await FakeDiscord.StartAsync(
            base.Settings() with { Time = held, Images = fetching with { AtOnce = 1 } });
        var post = PostToAsync(discord, "https://example.org/never.png");

        (await held.NextAsync(TimeSpan.FromSeconds(10))).End();
        Assert.That(Size(Image(await ReadAsync(await post))), Is.EqualTo((0, 0, default(string))));
        Assert.Multiple(() =>
        {
            Assert.That(discord.Fetches.Single().Status, Is.EqualTo(default(int?)));
            Assert.That(discord.Fetches.Single().Failure, Is.EqualTo("The server did not respond within 10 s."));
        });
    }

    [Test]
    public async Task Images_are_fetched_over_sockets_by_default()
    {
        await using var discord = await FakeDiscord.StartAsync(base.Settings() with { Images = new() });
        await PostToAsync(discord, new Uri(Discord.BaseUrl, "a.png").ToString());

        Assert.Multiple(() =>
        {
            Assert.That(
                discord.Fetches.Select(fetch => (fetch.Status, fetch.Failure)),
                Is.EqualTo(Enumerable.Repeat((403, "The status is 403."), 5)));
            Assert.That(
                Discord.Requests.Select(request => (request.Method, request.Headers["User-Agent"])),
                Is.EqualTo(Enumerable.Repeat(("GET", "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"), 5)));
        });
    }

    private static string Showing(string url) => JsonSerializer.Serialize(new { embeds = new[] { new { image = new { url } } } });

    private static JsonElement Image(JsonElement message) => message.GetProperty("embeds")[0].GetProperty("image");

    private static (int Width, int Height, string? ContentType) Size(JsonElement image) => (
        image.GetProperty("width").GetInt32(),
        image.GetProperty("height").GetInt32(),
        image.TryGetProperty("content_type", out var type) ? type.GetString() : null);

    private Task<HttpResponseMessage> PostToAsync(FakeDiscord discord, string url) =>
        SendAsync(HttpMethod.Post, new Uri(discord.BaseUrl, Messages).ToString(), Showing(url));

    private async Task<(int Width, int Height, string? ContentType)> SizeAsync(string url) =>
        Size(Image(await ReadAsync(await PostAsync(Showing(url)))));
}
