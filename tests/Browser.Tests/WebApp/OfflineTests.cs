using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class OfflineTests : WebAppTests
{
    private ILocator Banner =>
        Page.GetByText("You are offline. This page may be out of date, and you cannot save until you are online again.");

    [SetUp]
    public async Task Sign_in()
    {
        ExpectFailuresOf("/api/v1/");
        await SignInAsync();
    }

    [Test]
    public async Task A_game_that_is_saved_offline_is_sent_when_the_network_is_back()
    {
        await Page.GotoAsync("/games/new");
        await FillInAsync("Barrage");
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100));
        await ExpectUploadedAsync("Thumbnail");
        await Context.SetOfflineAsync(true);
        await Expect(Banner).ToBeVisibleAsync();
        await Button("Save").ClickAsync();
        await Expect(Page.GetByText("GameImages has not confirmed the game yet.")).ToBeVisibleAsync();

        await Context.SetOfflineAsync(false);
        await Expect(Banner).ToHaveCountAsync(0);
        await AssertShownAsync(Picture("Thumbnail of Barrage"), 10);
        Assert.That(await CountAsync("Barrage"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_list_that_failed_offline_is_loaded_when_the_network_is_back()
    {
        await CreateAsync("Nemesis");
        await Page.GotoAsync("/games/new");
        await Expect(Heading("In Discord")).ToBeVisibleAsync();
        await Context.SetOfflineAsync(true);
        await Link("GameImages, all games").ClickAsync();
        await Expect(Alert).ToContainTextAsync("You are offline.");

        await Context.SetOfflineAsync(false);
        await Expect(Link("Nemesis")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_page_whose_code_fails_to_load_says_so()
    {
        ExpectFailuresOf("/assets/");
        await Page.GotoAsync("/games");
        await Expect(Heading("Games")).ToBeVisibleAsync();
        await Context.SetOfflineAsync(true);
        await Link("New game").ClickAsync();
        await Expect(Alert).ToContainTextAsync("Something went wrong");

        await Context.SetOfflineAsync(false);
        await Button("Try again").ClickAsync();
        await Expect(Heading("New game")).ToBeVisibleAsync();
    }
}
