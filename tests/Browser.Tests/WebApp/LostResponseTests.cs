using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>
/// A connection is closed before the first byte of a response. Browsers repeat the POST if an earlier request has used the connection.
/// </summary>
[TestFixture(false), TestFixture(true)]
internal sealed class LostResponseTests(bool multiplexes) : WebAppTests
{
    private CuttingProxy proxy = null!;
    private int created;

    protected override BrowserNewContextOptions Options => new(base.Options) { IgnoreHTTPSErrors = true };

    protected override Uri Origin => proxy.Origin;

    [OneTimeSetUp]
    public async Task Start_the_proxy() => proxy = await CuttingProxy.StartAsync(Service.ClientOptions.BaseAddress, multiplexes);

    [OneTimeTearDown]
    public async Task Stop_the_proxy() => await proxy.DisposeAsync();

    [Test]
    public async Task A_game_whose_response_is_lost_is_stored_once_and_shown()
    {
        await OpenFormAsync("Tigris");
        await ChooseAsync("Banner", Pictures.Png(1, 400));
        await SaveAsync(Cut.BeforeTheResponse);

        await Expect(Page.GetByText("Your game was saved, although the confirmation did not arrive.")).ToBeVisibleAsync();
        await AssertShownAsync(Picture("Banner of Tigris"), 20);
        await AssertCreatedAsync("Tigris", creates: 1);
    }

    [Test]
    public async Task A_game_whose_request_is_lost_is_sent_again_only_on_request()
    {
        await OpenFormAsync("Euphrates");
        await SaveAsync(Cut.BeforeTheService);

        await Expect(Alert).ToHaveTextAsync(
            "GameImages cannot be reached. Check your internet connection. "
            + "Your game is not in the list, so it was probably not saved.");
        await AssertCreatedAsync("Euphrates", creates: 1, games: 0);
        await Button("Try again").ClickAsync();
        await Expect(Heading("Euphrates")).ToBeVisibleAsync();
        await AssertCreatedAsync("Euphrates", creates: 2);
    }

    private async Task SaveAsync(Cut cut)
    {
        ExpectFailuresOf("/api/v1/games");
        var protocol = await Page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol");
        Assert.That(protocol, Is.EqualTo(multiplexes ? "h2" : "http/1.1"));
        created = proxy.Creates;
        proxy.Cuts.Enqueue(cut);
        await Button("Save").ClickAsync();
    }

    private async Task AssertCreatedAsync(string title, int creates, int games = 1)
    {
        var stored = await CountAsync(title);
        Assert.Multiple(() =>
        {
            Assert.That(proxy.Creates - created, Is.EqualTo(creates), "requests");
            Assert.That(stored, Is.EqualTo(games), "games");
        });
    }
}
