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
    public async Task A_picture_that_fails_to_load_is_loaded_again_a_minute_later(int status)
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
    public async Task A_list_that_fails_to_load_can_be_requested_again(int status)
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
    public async Task A_form_survives_the_end_of_its_session()
    {
        ExpectFailuresOf("/api/v1/");
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Ark Nova");
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100));
        await ExpectUploadedAsync("Thumbnail");
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
    public async Task A_form_survives_a_dialog_whose_code_fails_to_load()
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
    public async Task Unsaved_text_is_restored_after_a_reload()
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
    public async Task A_file_that_is_not_a_picture_is_refused_before_it_is_sent(string content, string reason)
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await ChooseAsync("Banner", Encoding.UTF8.GetBytes(content));

        await Expect(Alert).ToHaveTextAsync(reason);
        await Expect(Picture("Banner in the preview")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_HEIC_picture_is_refused_with_advice()
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await ChooseAsync("Banner", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8], "IMG_0001.HEIC");

        const string reason = "This file is not a PNG, JPEG, GIF or WebP picture. It is a HEIC picture. Save it as JPEG first.";
        await Expect(Alert).ToHaveTextAsync(reason);
    }

    [Test]
    public async Task A_picture_that_the_service_refuses_is_reported_at_its_field()
    {
        ExpectFailuresOf("/api/v1/images");
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Broken");
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100)[..^20]);
        await Expect(Alert).ToContainTextAsync("byte");

        await Button("Save").ClickAsync();
        await Expect(Button("Replace the thumbnail")).ToBeFocusedAsync();
        Assert.That(await CountAsync("Broken"), Is.Zero);
    }
}
