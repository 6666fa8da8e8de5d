using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class LoadTests : WebAppTests
{
    private const int MaxScriptBytes = 150 * 1024;

    [Test]
    public async Task The_first_page_loads_less_than_150_KiB_of_script()
    {
        ConcurrentBag<IResponse> scripts = [];
        Page.Response += (_, response) =>
        {
            if (response.Request.ResourceType == "script")
                scripts.Add(response);
        };
        await CreateAsync("Root");
        await SignInAsync();
        await Page.GotoAsync("/games");
        await Expect(Link("Root")).ToBeVisibleAsync();

        var sizes = await Task.WhenAll(scripts.Select(async script => Gzip(await script.BodyAsync())));
        TestContext.Out.WriteLine($"{scripts.Count} scripts of {sizes.Sum()} bytes");
        Assert.That(sizes, Has.Length.GreaterThan(1));
        Assert.That(sizes.Sum(), Is.LessThan(MaxScriptBytes));
    }

    [Test]
    public async Task The_app_is_sent_compressed()
    {
        await SignInAsync();
        var script = Page.WaitForResponseAsync("**/assets/index-*.js");
        await Page.GotoAsync("/games");

        var headers = await (await script).AllHeadersAsync();
        Assert.That(headers["content-encoding"], Is.EqualTo("br"));
    }

    [Test]
    public async Task The_icon_is_cached_as_immutable()
    {
        var icon = Page.WaitForResponseAsync("**/*.svg");
        await Page.GotoAsync("/sign-in-failed");

        var headers = await (await icon).AllHeadersAsync();
        Assert.That(headers["cache-control"], Does.Contain("immutable"));
        Assert.That(await Page.Locator("link[rel=icon]").EvaluateAsync<string>("link => link.href"), Is.EqualTo((await icon).Url));
    }

    [TestCase("/games")]
    [TestCase("/games?status=scheduled&text=oo")]
    public async Task The_list_is_requested_once_and_before_the_app_is_loaded(string path)
    {
        await CreateAsync("Root");
        await SignInAsync();
        ConcurrentQueue<string> requested = [];
        var listed = new TaskCompletionSource();
        Page.Request += (_, request) =>
        {
            if (request.ResourceType == "fetch")
                requested.Enqueue(new Uri(request.Url).AbsolutePath);
        };
        Page.Response += (_, response) =>
        {
            if (response.Url.Contains("/api/v1/games?", StringComparison.Ordinal))
                listed.TrySetResult();
        };

        // Holds the app back until the list has arrived. If the app had to request the list itself, it would never load.
        await Page.RouteAsync("**/assets/index-*.js", async route =>
        {
            await listed.Task;
            await route.ContinueAsync();
        });
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });

        await Expect(Link("Root").First).ToBeVisibleAsync();
        Assert.That(requested, Is.EqualTo(["/api/v1/session", "/api/v1/games"]));
    }

    private static long Gzip(byte[] script)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(script);

        return compressed.Length;
    }
}
