using System.Text;
using GameImages.Testing;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class FailureTests : WebAppTests
{
    private const string Images = "**/api/v1/public/images/**";
    private const string List = "**/api/v1/games?*";

    [TestCase(429)]
    [TestCase(500)]
    public async Task A_picture_that_does_not_come_is_tried_again_a_minute_later(int status)
    {
        ExpectFailuresOf("/api/v1/public/images/");
        var title = $"Picture {status}";
        await CreateAsync(title, Pictures.Png(status, 100));
        await SignInAsync();
        await Page.Clock.InstallAsync();
        await Page.RouteAsync(Images, route => route.FulfillAsync(new() { Status = status }));
        await Page.GotoAsync("/games");
        await Expect(Picture($"Thumbnail of {title}, not available now")).ToBeVisibleAsync();

        await Page.UnrouteAsync(Images);
        await Page.Clock.FastForwardAsync(61_000);
        await AssertShownAsync(Picture($"Thumbnail of {title}"), 10);
    }

    [TestCase(429)]
    [TestCase(500)]
    public async Task A_list_that_does_not_come_can_be_asked_for_again(int status)
    {
        ExpectFailuresOf("/api/v1/games?");
        var title = $"List {status}";
        await CreateAsync(title);
        await SignInAsync();
        await Page.RouteAsync(List, route => route.FulfillAsync(new() { Status = status }));
        await Page.GotoAsync("/games");
        await Expect(Alert).ToContainTextAsync($"GameImages reported error {status}.");

        await Page.UnrouteAsync(List);
        await Button("Try again").ClickAsync();
        await Expect(Link(title)).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_form_outlives_the_session_that_it_was_written_in()
    {
        ExpectFailuresOf("/api/v1/");
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Ark Nova");
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100));
        await Context.ClearCookiesAsync();
        await Button("Save").ClickAsync();

        await Expect(Heading("Your session has ended")).ToBeVisibleAsync();
        await Button("Try it").ClickAsync();
        await Expect(Heading("Your session has ended")).ToHaveCountAsync(0);
        await Expect(Field("Title")).ToHaveValueAsync("Ark Nova");
        await Button("Try again").ClickAsync();
        await Expect(Heading("Ark Nova")).ToBeVisibleAsync();
        await AssertShownAsync(Picture("Thumbnail of Ark Nova"), 10);
    }

    [Test]
    public async Task A_form_outlives_a_dialog_whose_code_does_not_come()
    {
        ExpectFailuresOf("/api/v1/");
        ExpectFailuresOf("/assets/");
        await SignInAsync();
        await Page.RouteAsync("**/assets/SessionEndedDialog-*.js", route => route.AbortAsync());
        await Page.GotoAsync("/games/new");
        await FillInAsync("Troyes");
        await Context.ClearCookiesAsync();
        await Button("Save").ClickAsync();

        await Expect(Alert.Filter(new() { HasText = "A part of this page could not be loaded." })).ToBeVisibleAsync();
        await Expect(Field("Title")).ToHaveValueAsync("Troyes");
    }

    [Test]
    public async Task What_was_written_is_back_when_the_page_is_loaded_again()
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await Field("Title").FillAsync("Spirit Island");
        await Page.ReloadAsync();

        await Expect(Page.GetByText("Your unsaved text was restored.")).ToBeVisibleAsync();
        await Expect(Field("Title")).ToHaveValueAsync("Spirit Island");
    }

    [TestCase(
        "<!doctype html><title>Hello</title>",
        "This file is not a PNG, JPEG, GIF or WebP picture. It is a web page, although its name says otherwise.")]
    [TestCase("", "This file is empty.")]
    public async Task A_file_that_is_no_picture_is_refused_before_it_is_sent(string content, string reason)
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await ChooseAsync("Banner", Encoding.UTF8.GetBytes(content));

        await Expect(Alert).ToHaveTextAsync(reason);
        await Expect(Picture("Banner in the preview")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_HEIC_picture_is_refused_with_what_to_do()
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await ChooseAsync("Banner", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8], "IMG_0001.HEIC");

        await Expect(Alert).ToHaveTextAsync("This file is not a PNG, JPEG, GIF or WebP picture. It is a HEIC picture. Save it as JPEG first.");
    }

    [Test]
    public async Task What_the_service_refuses_stands_at_its_field()
    {
        ExpectFailuresOf("/api/v1/games");
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Broken");
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100)[..^20]);
        await Button("Save").ClickAsync();

        await Expect(Button("Replace the thumbnail")).ToBeFocusedAsync();
        await Expect(Alert).ToContainTextAsync("byte");
        await Expect(Field("Title")).ToHaveValueAsync("Broken");
    }
}
