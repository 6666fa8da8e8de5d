using System.Diagnostics;
using GameImages.Testing;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>Measures Save on slow 4G, as docs/web-app.md describes. It asserts nothing about time.</summary>
[Explicit]
internal sealed class SavingSpeedTests : WebAppTests
{
    private const int Photograph = 4 * 1024 * 1024;

    private CuttingProxy proxy = null!;

    protected override Uri Origin => proxy.Origin;

    [OneTimeSetUp]
    public async Task Start_the_proxy() => proxy = await CuttingProxy.StartAsync(Service.ClientOptions.BaseAddress, multiplexes: false);

    [OneTimeTearDown]
    public async Task Stop_the_proxy() => await proxy.DisposeAsync();

    /// <param name="cuts">How many connections are closed after the service has stored the game and before it answers.</param>
    [Test]
    public async Task Save_a_game_with_two_photographs([Values(0, 1, 2)] int cuts, [Range(1, 3)] int visit)
    {
        ExpectFailuresOf("/api/v1/games");
        var title = $"{cuts} cuts, visit {visit}";
        await OpenFormAsync(title);
        await ChooseAsync("Banner", Pictures.Png(10 * cuts + visit, Photograph));
        await ExpectUploadedAsync("Banner");
        await ChooseAsync("Thumbnail", Pictures.Png(100 + 10 * cuts + visit, Photograph));
        await ExpectUploadedAsync("Thumbnail");
        await LimitToSlow4GAsync();
        proxy.Lengths.Clear();
        for (var cut = 0; cut < cuts; cut++)
            proxy.Cuts.Enqueue(Cut.BeforeTheResponse);

        var time = Stopwatch.StartNew();
        await Page.RunAndWaitForRequestFinishedAsync(
            () => Button("Save").ClickAsync(),
            new()
            {
                Predicate = request => request.Method == "POST" && request.Url.EndsWith("/api/v1/games", StringComparison.Ordinal),
                Timeout = 300_000,
            });
        TestContext.Out.WriteLine($"{title}: {time.ElapsedMilliseconds:N0} ms, bytes sent: {string.Join(" + ", proxy.Lengths)}");

        await Expect(Heading(title)).ToBeVisibleAsync();
        Assert.That(await CountAsync(title), Is.EqualTo(1));
    }
}
