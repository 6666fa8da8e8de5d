using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>
/// A connection is closed before the first byte of a response. The browser repeats the POST if an earlier request has used the connection,
/// and otherwise the app does.
/// </summary>
[TestFixture(false), TestFixture(true)]
internal sealed class LostResponseTests(bool multiplexes) : WebAppTests
{
    private CuttingProxy proxy = null!;

    protected override BrowserNewContextOptions Options => new(base.Options) { IgnoreHTTPSErrors = true };

    protected override Uri Origin => proxy.Origin;

    [OneTimeSetUp]
    public async Task Start_the_proxy() => proxy = await CuttingProxy.StartAsync(Service.ClientOptions.BaseAddress, multiplexes);

    [OneTimeTearDown]
    public async Task Stop_the_proxy() => await proxy.DisposeAsync();

    [TestCase(Cut.BeforeTheService), TestCase(Cut.BeforeTheResponse)]
    public async Task A_game_whose_answer_is_lost_is_stored_once_without_asking(Cut cut)
    {
        ExpectFailuresOf("/api/v1/games");
        var title = $"Tigris {cut}";
        await OpenFormAsync(title);

        // The closed connection must not carry a request for the guild's usage, which the form sends after each upload.
        await Expect(Page.GetByText("of 10,000 pictures, which take")).ToBeVisibleAsync();
        await Page.RunAndWaitForRequestFinishedAsync(
            () => ChooseAsync("Banner", Pictures.Png((byte)cut, 400)),
            new() { Predicate = request => request.Url.EndsWith("/usage", StringComparison.Ordinal) });
        var protocol = await Page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol");
        Assert.That(protocol, Is.EqualTo(multiplexes ? "h2" : "http/1.1"));
        proxy.Keys.Clear();
        proxy.Cuts.Enqueue(cut);
        proxy.Cuts.Enqueue(cut);
        await Button("Save").ClickAsync();

        await Expect(Heading(title)).ToBeVisibleAsync();
        await AssertShownAsync(Picture($"Banner of {title}"), 20);
        var stored = await CountAsync(title);
        Assert.Multiple(() =>
        {
            Assert.That(proxy.Keys, Has.Count.EqualTo(3), "requests");
            Assert.That(proxy.Keys.Distinct().Count(), Is.EqualTo(1), "keys");
            Assert.That(stored, Is.EqualTo(1), "games");
        });
    }
}
