using System.Text.Json;
using GameImages.Testing;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>Measures the first visit to the list on a phone, as docs/web-app.md describes. It asserts nothing about time.</summary>
[Explicit]
internal sealed class SpeedTests : WebAppTests
{
    // Long Tasks (W3C): tasks that block the main thread for 50 ms or more. A quiet window is two seconds without one.
    private const string Observe =
        """
        window.visit = new Promise((resolve) => {
          let cards, last = 0;
          const quiet = 2000;
          const note = ({ startTime, duration }) => { last = startTime + duration; };
          new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'longtask', buffered: true });
          const end = () => {
            const interactive = Math.max(cards, last);
            if (performance.now() < interactive + quiet) return setTimeout(end, 100);
            const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
            const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
            const requests = all.filter(({ startTime }) => startTime < cards);
            const ofType = (type) => requests.filter(({ name }) => name.endsWith(type));
            const bytes = (type) => ofType(type).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
            const app = Math.max(...ofType('.js').map(({ responseEnd }) => responseEnd));
            const late = requests.filter(({ initiatorType, startTime }) => initiatorType === 'fetch' && startTime >= app);
            const sizes = { script: bytes('.js'), style: bytes('.css') };
            resolve({ paint, cards, interactive, ...sizes, requests: requests.length, roundTrips: 2 + late.length });
          };
          new MutationObserver((_, observer) => {
            if (!document.querySelector('main li a')) return;
            observer.disconnect();
            cards = performance.now();
            end();
          }).observe(document, { childList: true, subtree: true });
        });
        """;

    private static readonly string[] Figures = ["paint", "cards", "interactive", "script", "style", "requests", "roundTrips"];

    private readonly List<JsonElement> visits = [];

    protected override BrowserNewContextOptions Options =>
        new() { Locale = "en-US", ViewportSize = new() { Width = 360, Height = 800 }, IsMobile = true };

    [OneTimeSetUp]
    public async Task Fill_the_list()
    {
        for (var number = 0; number < 24; number++)
            await CreateAsync($"Game {number}", Pictures.Png(number, 30 * 1024));
    }

    [Test]
    public async Task Visit_the_list([Range(1, 5)] int visit)
    {
        await SignInAsync();
        var devTools = await LimitToSlow4GAsync();
        await devTools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await Page.AddInitScriptAsync(Observe);
        await Page.GotoAsync("/games", new() { WaitUntil = WaitUntilState.Commit });

        visits.Add(await Page.EvaluateAsync<JsonElement>("visit"));
        TestContext.Out.WriteLine($"visit {visit}: {visits[^1]}");
    }

    /// <summary>
    /// Prints the milliseconds to the first paint, the cards and the interactive list. Then it prints the compressed bytes, the number of
    /// requests, and the number of sequential round trips: the page, the app, and the requests of the app itself.
    /// </summary>
    [OneTimeTearDown]
    public void Print_the_figures()
    {
        foreach (var name in Figures)
        {
            double[] sorted = [.. visits.Select(visit => visit.GetProperty(name).GetDouble()).Order()];
            TestContext.Progress.WriteLine($"{name}: {sorted[sorted.Length / 2]:0} ({sorted[0]:0} to {sorted[^1]:0})");
        }
    }
}
