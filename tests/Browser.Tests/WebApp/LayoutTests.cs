using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class LayoutTests : WebAppTests
{
    private const double MaxShift = 0.05;

    // Layout Instability (W3C): the score of movements that no input of the user caused.
    private const string CountShifts =
        """
        window.shift = 0;
        const add = (entries) => entries.forEach(({ value, hadRecentInput }) => { if (!hadRecentInput) window.shift += value; });
        window.shifts = new PerformanceObserver((list) => add(list.getEntries()));
        window.shifts.observe({ type: 'layout-shift', buffered: true });
        window.totalShift = () => { add(window.shifts.takeRecords()); return window.shift; };
        """;

    [OneTimeSetUp]
    public async Task Fill_the_list()
    {
        for (var number = 0; number < 30; number++)
            await CreateAsync($"Game {number}", Pictures.Png(number, 10_000));
    }

    [TestCase(1280)]
    [TestCase(360)]
    public async Task The_list_does_not_move_while_it_loads(int width)
    {
        await SignInAsync();
        await Page.SetViewportSizeAsync(width, 800);
        await Page.AddInitScriptAsync(CountShifts);
        await Page.GotoAsync("/games");
        var pictures = Page.GetByRole(AriaRole.Img, new() { Name = "Thumbnail of" });
        await AssertShownAsync(pictures.First, 100);
        await pictures.Last.ScrollIntoViewIfNeededAsync();
        await Expect(pictures).ToHaveCountAsync(30);
        await pictures.Last.ScrollIntoViewIfNeededAsync();
        await AssertShownAsync(pictures.Last, 100);

        var shift = await Page.EvaluateAsync<double>("totalShift()");
        TestContext.Out.WriteLine($"layout shift at {width} px: {shift:0.0000}");
        Assert.That(shift, Is.LessThan(MaxShift));
    }

    [TestCase(360)]
    [TestCase(320)]
    public async Task The_name_of_the_signed_in_user_fits_on_a_phone(int width)
    {
        await SignInAsync();
        await Page.SetViewportSizeAsync(width, 800);
        await Page.GotoAsync("/games");
        await Expect(Page.GetByTitle("Ann")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(Button("Dark theme")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task A_long_preview_can_be_scrolled_to_its_end_beside_the_form()
    {
        await SignInAsync();
        await Page.SetViewportSizeAsync(1280, 800);
        await Page.GotoAsync("/games/new");
        await Field("Description").FillAsync(string.Join('\n', Enumerable.Repeat("Bring a cushion.", 100)));
        await ChooseAsync("Banner", Pictures.Png(1, 100));
        await AssertShownAsync(Picture("Banner in the preview"), 10);
        await Button("Replace the banner").EvaluateAsync("button => button.scrollIntoView({ block: 'center' })");
        await Page.GetByRole(AriaRole.Group, new() { Name = "In Discord" }).FocusAsync();
        await Page.Keyboard.PressAsync("End");

        await Expect(Picture("Banner in the preview")).ToBeInViewportAsync();
        await Expect(Button("Replace the banner")).ToBeInViewportAsync();
    }
}
