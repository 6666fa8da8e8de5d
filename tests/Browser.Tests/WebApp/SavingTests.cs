using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed partial class SavingTests : WebAppTests
{
    private const string Games = "**/api/v1/games";

    private ILocator Progress => Page.GetByRole(AriaRole.Progressbar);

    [Test]
    public async Task A_double_click_saves_one_game()
    {
        await OpenFormAsync("Patchwork");
        var requests = 0;
        var released = new TaskCompletionSource();
        Page.Request += (_, request) => requests += request.Method == "POST" ? 1 : 0;
        await Page.RouteAsync(Games, async route =>
        {
            await released.Task;
            await route.ContinueAsync();
        });

        // Both clicks happen before the page is drawn again, which would make the button inactive.
        await Button("Save").EvaluateAsync("save => { save.click(); save.click(); }");
        await Expect(Button("Saving…")).ToBeVisibleAsync();
        released.SetResult();

        await Expect(Heading("Patchwork")).ToBeVisibleAsync();
        var stored = await CountAsync("Patchwork");
        Assert.Multiple(() =>
        {
            Assert.That(requests, Is.EqualTo(1), "requests");
            Assert.That(stored, Is.EqualTo(1), "games");
        });
    }

    [Test]
    public async Task An_upload_shows_its_progress_and_can_be_cancelled()
    {
        await OpenFormAsync("Agricola");
        var limit = await LimitUploadsAsync(30_000);
        await ChooseAsync("Banner", Pictures.Png(1, 1_000_000));
        await Expect(Progress).ToHaveAttributeAsync("value", SomeProgress());
        var sent = await Progress.GetAttributeAsync("value");
        await Expect(Progress).Not.ToHaveAttributeAsync("value", sent!);
        Assert.That(
            await Progress.EvaluateAsync<double>("bar => bar.value"),
            Is.GreaterThan(double.Parse(sent!, CultureInfo.InvariantCulture)).And.LessThan(1));
        await Expect(Progress).ToHaveAccessibleNameAsync(Percent());
        await Button("Cancel the upload").ClickAsync();

        await Expect(Page.GetByText("Upload cancelled.")).ToBeVisibleAsync();
        await Expect(Picture("Banner in the preview")).ToHaveCountAsync(0);
        await limit.DetachAsync();
        await ChooseAsync("Banner", Pictures.Png(1, 1_000_000));
        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture("Banner of Agricola"), 1000);
        Assert.That(await CountAsync("Agricola"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_game_is_saved_when_its_picture_is_uploaded()
    {
        await OpenFormAsync("Le Havre");
        await LimitUploadsAsync(100_000);
        await ChooseAsync("Banner", Pictures.Png(1, 300_000));
        await Expect(Progress).ToBeVisibleAsync();
        await Button("Save").ClickAsync();
        await Expect(Button("Saving…")).ToBeVisibleAsync();
        await AssertShownAsync(Picture("Banner of Le Havre"), 548);
    }

    [Test]
    public async Task A_game_can_be_saved_again_after_its_connection_failed()
    {
        ExpectFailuresOf("/api/v1/games");
        await OpenFormAsync("Concordia");
        await ChooseAsync("Banner", Pictures.Png(2, 400));
        await Page.RouteAsync(Games, route => route.AbortAsync("connectionreset"));
        await Button("Save").ClickAsync();
        await Expect(Alert).ToContainTextAsync("GameImages cannot be reached. Check your internet connection.");

        await AssertSavedLaterAsync("Concordia");
    }

    // The response of a proxy, which does not send problem details.
    [TestCase(429, "You sent too many requests in a short time. Try again in a minute.")]
    [TestCase(500, "GameImages has a problem at the moment. Try again in a few minutes.")]
    public async Task A_game_that_cannot_be_saved_now_can_be_saved_later(int status, string sentence)
    {
        ExpectFailuresOf("/api/v1/games");
        var title = $"Later {status}";
        await OpenFormAsync(title);
        await ChooseAsync("Banner", Pictures.Png(status, 400));
        await Page.RouteAsync(
            Games,
            route => route.FulfillAsync(new() { Status = status, ContentType = "text/html", Body = "<h1>No</h1>" }));
        await Button("Save").ClickAsync();
        await Expect(Alert).ToContainTextAsync(sentence);

        await AssertSavedLaterAsync(title);
    }

    /// <summary>Asserts that the form is unchanged, and that its game can be saved when requests succeed again.</summary>
    private async Task AssertSavedLaterAsync(string title)
    {
        await Expect(Field("Title")).ToHaveValueAsync(title);
        await AssertShownAsync(Picture("Banner in the preview"), 20);
        Assert.That(await CountAsync(title), Is.Zero);

        await Page.UnrouteAsync(Games);
        await Button("Try again").ClickAsync();
        await AssertShownAsync(Picture($"Banner of {title}"), 20);
        Assert.That(await CountAsync(title), Is.EqualTo(1));
    }

    [GeneratedRegex(@"^0\.\d")]
    private static partial Regex SomeProgress();

    [GeneratedRegex(@"^Uploading the banner: \d+%$")]
    private static partial Regex Percent();
}
