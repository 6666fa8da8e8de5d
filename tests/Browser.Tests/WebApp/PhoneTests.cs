using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>The browser pretends to be Safari on iOS, where React Aria keeps the page behind a dialog still in another way.</summary>
internal sealed class PhoneTests : WebAppTests
{
    protected override BrowserNewContextOptions Options => new()
    {
        Locale = "en-US",
        UserAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            + "Version/18.5 Mobile/15E148 Safari/604.1",
        ViewportSize = new() { Width = 390, Height = 300 },
        HasTouch = true,
        IsMobile = true,
    };

    [Test]
    public async Task A_dialog_keeps_the_page_still_without_the_style_that_the_policy_blocks()
    {
        // The console shows the blocked style twice: from the browser and from the page monitor.
        ExpectFailuresOf("");
        await Page.AddInitScriptAsync(
            """
            Object.defineProperty(navigator, 'platform', { value: 'iPhone' });
            Object.defineProperty(navigator, 'userAgentData', { value: undefined });
            window.blocked = [];
            const add = ({ violatedDirective, blockedURI }) => blocked.push(`${violatedDirective} ${blockedURI}`);
            addEventListener('securitypolicyviolation', add);
            """);
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Past");
        await Field("Start").FillAsync("2020-02-07T19:30");
        await Button("Save").ClickAsync();

        await Expect(Heading("The start time has passed")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Alertdialog).Locator("..")).ToHaveCSSAsync("overscroll-behavior", "contain");
        Assert.That(await Page.EvaluateAsync<string[]>("blocked"), Is.EqualTo(["style-src-elem inline"]));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Button("Save")).ToBeFocusedAsync();
    }
}
