using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using GameImages.Testing;
using GameImages.Testing.Servers;

namespace GameImages.WebApi.Tests.Transport;

/// <summary>The service behind nginx, which compresses responses and makes their entity tags weak.</summary>
[Category("Process")]
public sealed class NginxTests : ServiceTests
{
    private Nginx nginx = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Start_nginx()
    {
        nginx = await Nginx.StartAsync(Service.ClientOptions.BaseAddress);
        client = new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip })
        {
            BaseAddress = nginx.Address,
            DefaultRequestHeaders = { Authorization = Member.DefaultRequestHeaders.Authorization },
        };
    }

    [OneTimeTearDown]
    public void Stop_nginx()
    {
        client?.Dispose();
        nginx?.Dispose();
    }

    [Test]
    public async Task A_game_is_saved_with_the_weak_tag_of_a_compressed_response_and_an_older_tag_is_rejected()
    {
        var game = $"api/v1/games/{Text(await CreateAsync(), "id")}";
        using var read = await client.GetAsync(game);
        var tag = read.Headers.ETag!;
        Assert.That(tag.IsWeak, Is.True);

        using var unchanged = await SendAsync("GET", game, "If-None-Match", $"{tag}");
        Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));

        using var saved = await SendAsync("PATCH", game, "If-Match", $"{tag}", JsonContent.Create(new { title = "Root" }));
        Assert.That(Text(await JsonAsync(saved), "title"), Is.EqualTo("Root"));
        using var late = await SendAsync("PATCH", game, "If-Match", $"{tag}", JsonContent.Create(new { title = "Dune" }));
        await ProblemAsync(late, HttpStatusCode.PreconditionFailed);
        var image = new ByteArrayContent(Pictures.Png(1));
        using var next = await SendAsync("PUT", $"{game}/banner", "If-Match", $"{saved.Headers.ETag}", image);
        await JsonAsync(next);
    }

    [Test]
    public async Task An_image_has_its_bytes_its_ranges_its_tag_and_its_HEAD()
    {
        var image = Pictures.Png(1, 200_000);
        var path = $"api/v1/public/images/{Text(await CreateAsync(image), "thumbnail_id")}";
        using var whole = await client.GetAsync(path);
        using var range = await SendAsync("GET", path, "Range", "bytes=100000-100009");
        using var outside = await SendAsync("GET", path, "Range", "bytes=9000000-");
        using var head = await SendAsync("HEAD", path);
        using var unchanged = await SendAsync("GET", path, "If-None-Match", $"{whole.Headers.ETag}");

        Assert.That(await whole.Content.ReadAsByteArrayAsync(), Is.EqualTo(image));
        Assert.That(await range.Content.ReadAsByteArrayAsync(), Is.EqualTo(image[100_000..100_010]));
        Assert.Multiple(() =>
        {
            Assert.That(whole.Headers.ETag!.IsWeak, Is.False);
            Assert.That(range.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
            Assert.That(range.Content.Headers.ContentRange, Is.EqualTo(new ContentRangeHeaderValue(100_000, 100_009, image.Length)));
            Assert.That(outside.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(image.Length));
            Assert.That(head.Headers.ETag, Is.EqualTo(whole.Headers.ETag));
            Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        });
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? header = null, string? value = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, value);

        return await client.SendAsync(request);
    }
}
