using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class KeyboardTests : WebAppTests
{
    private const int MostStops = 60;

    [Test]
    public async Task A_game_can_be_created_without_a_mouse()
    {
        // Makes Playwright catch the page's file choosers early. This takes a moment, and a key that is pressed before would open one.
        Page.FileChooser += (_, _) => { };

        await SignInAsync();
        await Page.GotoAsync("/games");
        await Expect(Heading("No games yet")).ToBeVisibleAsync();
        await TabToAsync(Link("New game"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Heading("New game")).ToBeFocusedAsync();

        await TypeAsync("Title", "Everdell");
        await TabToAsync(Field("Guild"));
        await Page.Keyboard.PressAsync("ArrowDown");
        await TypeAsync("Channel ID", "5");
        await TabToAsync(Button("Choose the thumbnail"));
        var chooser = await Page.RunAndWaitForFileChooserAsync(() => Page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(new FilePayload { Name = "thumbnail.png", MimeType = "image/png", Buffer = Pictures.Png(1, 100) });

        // Month, day and year, then hours, minutes and AM or PM.
        await TypeAsync("Start", "02072099");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("0730PM");
        await TabToAsync(Button("Save"));
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Heading("Everdell")).ToBeFocusedAsync();
        await AssertShownAsync(Picture("Thumbnail of Everdell"), 10);
        await Expect(Page.GetByText("Saturday, February 7, 2099")).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_first_invalid_field_gets_the_focus()
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await TypeAsync("Title", " ");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Field("Title")).ToBeFocusedAsync();
        await Expect(Page.GetByText("A title is required.")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_dialog_keeps_the_focus_and_returns_it()
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Past");
        await Field("Start").FillAsync("2020-02-07T19:30");
        await Button("Save").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Heading("The start time has passed")).ToBeVisibleAsync();
        await TabToAsync(Button("Change the start time"));
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Button("Change the start time")).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Escape");
        await Expect(Button("Save")).ToBeFocusedAsync();
    }

    [Test]
    public async Task A_failed_save_leaves_the_focus_on_the_Save_button()
    {
        ExpectFailuresOf("/api/v1/games");
        await OpenFormAsync("Later");
        await Page.RouteAsync("**/api/v1/games", route => route.FulfillAsync(new() { Status = 500 }));
        await Button("Save").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Alert).ToContainTextAsync("GameImages has a problem at the moment.");
        await Expect(Button("Try again")).ToBeFocusedAsync();
    }

    private async Task TypeAsync(string label, string text)
    {
        await TabToAsync(Field(label));
        await Page.Keyboard.TypeAsync(text);
    }

    private async Task TabToAsync(ILocator target)
    {
        await target.WaitForAsync();

        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not lead to {target}.");
    }
}
