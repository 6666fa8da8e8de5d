using System.Diagnostics;
using System.Text.Json;
using GameImages.Infrastructure.Schema;
using Microsoft.Playwright;
using NetVips;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>
/// Measures a list of 24 games with photographs on slow 4G, without variants and with them, as docs/web-app.md describes. It asserts
/// nothing about time.
/// </summary>
[Explicit]
internal sealed class GallerySpeedTests : WebAppTests
{
    // Largest Contentful Paint (W3C), the time until all images in the window are shown, and the bytes of all images.
    private const string Observe =
        """
        window.visit = new Promise((resolve) => {
          let largest = 0;
          new PerformanceObserver((list) => list.getEntries().forEach(({ startTime }) => { largest = startTime; }))
            .observe({ type: 'largest-contentful-paint', buffered: true });
          const isInWindow = (image) => {
            const { top, bottom } = image.getBoundingClientRect();
            return top < innerHeight && bottom > 0;
          };
          const check = () => {
            const images = [...document.querySelectorAll('main li img')].filter(isInWindow);
            if (images.length === 0 || !images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0))
              return setTimeout(check, 50);
            const shown = performance.now();
            const loaded = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/public/images/'));
            const bytes = loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
            setTimeout(() => resolve({ shown, largest, bytes, images: images.length, requests: loaded.length }), 1000);
          };
          document.addEventListener('DOMContentLoaded', check);
        });
        """;

    private const int Games = 24;

    // Requests of earlier visits must not delay the next one.
    protected override (string Key, string Value)[] Settings =>
        [.. base.Settings, ("PublicImages:RateLimits:0:Permits", "100000"), ("PublicImages:RateLimits:1:Permits", "100000")];

    [OneTimeSetUp]
    public async Task Fill_the_list()
    {
        var photographs = Photographs();
        for (var number = 0; number < Games; number++)
            await CreateAsync($"Game {number}", Photograph(photographs, number), Photograph(photographs, number + Games));

        TestContext.Progress.WriteLine(await Database.SingleAsync<string>(
            "SELECT format('%s images, %s to %s bytes', count(*), min(byte_length), max(byte_length)) FROM game_images"));
    }

    [Test]
    public async Task Visit_the_list_without_variants_and_with_them()
    {
        await VisitAsync("phone, originals", 390, 844, 3, isPhone: true);
        await VisitAsync("desktop, originals", 1280, 800, 1, isPhone: false);
        await MakeVariantsAsync();
        await VisitAsync("phone, variants", 390, 844, 3, isPhone: true);
        await VisitAsync("desktop, variants", 1280, 800, 1, isPhone: false);
    }

    private async Task MakeVariantsAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "GameImages.Variants.dll");
        using var worker = Process.Start(new ProcessStartInfo("dotnet", [program])
        {
            Environment =
            {
                ["ConnectionStrings__Variants"] = Database.ConnectionString(Roles.Variants),
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            },
        })!;

        while (await Database.SingleAsync<bool>("SELECT EXISTS (SELECT FROM images_without_variants) FROM pg_sleep(0.5)"))
            continue;

        worker.Kill(entireProcessTree: true);
        await worker.WaitForExitAsync();
    }

    private async Task VisitAsync(string name, int width, int height, int scale, bool isPhone)
    {
        await using var context = await Chromium.NewContextAsync(new()
        {
            BaseURL = Origin.GetLeftPart(UriPartial.Authority),
            Locale = "en-US",
            ViewportSize = new() { Width = width, Height = height },
            DeviceScaleFactor = scale,
            IsMobile = isPhone,
        });
        await context.APIRequest.PostAsync("/sign-in/try-it", new() { DataObject = new { } });
        var page = await context.NewPageAsync();
        var devTools = await LimitToSlow4GAsync(page);
        await page.AddInitScriptAsync(Observe);
        await page.GotoAsync("/games", new() { WaitUntil = WaitUntilState.Commit });
        page.SetDefaultTimeout(300_000);
        var visit = await page.EvaluateAsync<JsonElement>("visit");
        await devTools.DetachAsync();
        TestContext.Progress.WriteLine($"{name}: {visit}");
    }

    private static string[] Photographs()
    {
        var corpus = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS");
        if (string.IsNullOrEmpty(corpus))
            Assert.Ignore("GAMEIMAGES_CORPUS names no folder of image files.");

        var files = Directory.GetFiles(Path.Combine(corpus!, "valid", "jpeg"));
        return [.. files.Where(path => new FileInfo(path).Length > 60_000).Order()];
    }

    // A photograph of the corpus at the size of a camera, with some noise, so that each differs.
    private static byte[] Photograph(string[] paths, int number)
    {
        using var image = Image.NewFromFile(paths[number % paths.Length]);
        using var large = image.Resize(3000.0 / image.Width);
        using var noise = Image.Gaussnoise(large.Width, large.Height, sigma: 6, mean: 0, seed: number);
        using var noisy = large + noise;
        return noisy.Cast(Enums.BandFormat.Uchar).JpegsaveBuffer(q: 90);
    }
}
