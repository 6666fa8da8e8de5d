using System.Net.Http.Json;
using GameImages.Testing;
using GameImages.Testing.Images;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class AccessibilityTests : WebAppTests
{
    private const string Changes = "**/api/v1/games/*";
    private const string Uploads = "**/api/v1/images?*";
    private const string Usage = "**/api/v1/guilds/*/usage";

    private static readonly object NearlyFull = new
    {
        guild_id = $"{Guild}",
        games = new { use = 1, limit = 100 },
        images = new { use = 1, limit = 100 },
        bytes = new { use = 95 << 20, limit = 100 << 20 },
    };

    private string axe = "";

    [OneTimeSetUp]
    public async Task Read_axe() =>
        axe = await File.ReadAllTextAsync(Path.Combine(ContentRoot, "../WebApp/node_modules/axe-core/axe.min.js"));

    [Test]
    public async Task Axe_finds_no_violation_on_any_page(
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme,
        [Values(1280, 360)] int width)
    {
        ExpectFailuresOf("/api/v1/session");
        ExpectFailuresOf("/api/v1/games/");
        var game = await CreateAsync("Dune: Imperium", Pictures.Png(1, 100), Pictures.Png(2, 400));
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await Page.SetViewportSizeAsync(width, 800);

        await CheckAsync("/games", Button("Try it"));
        await CheckAsync("/sign-in-failed?reason=denied", Button("Try it"));
        await SignInAsync();
        await CheckAsync("/games", Link("Dune: Imperium").First);
        await CheckAsync("/games?text=nothing", Heading("No matching games"));
        await CheckAsync(game, Heading("Dune: Imperium"));
        await CheckAsync($"{game}/edit", Picture("Banner in the preview"));
        await Button("Your guild's pictures").First.ClickAsync();
        await CheckAsync(Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Option).First);
        await Page.Keyboard.PressAsync("Escape");
        await CheckAsync($"{game}/clone", Picture("Banner in the preview"));
        await CheckAsync("/games/00000000-0000-4000-8000-000000000000", Page.GetByText("This game does not exist"));
        await Page.EvaluateAsync("history.pushState({}, '', '/nowhere'); dispatchEvent(new PopStateEvent('popstate'))");
        await CheckAsync(Heading("This page does not exist"));
        await CheckAsync("/games/new", Heading("In Discord"));
        await Button("Save").ClickAsync();
        await CheckAsync(Page.GetByText("A title is required."));
        await FillInAsync("Past");
        await Field("Start").FillAsync("2020-02-07T19:30");
        await Button("Save").ClickAsync();
        await CheckAsync(Heading("The start time has passed"));
        await Page.Keyboard.PressAsync("Escape");
        await Page.GotoAsync(game);
        await Button("Delete").ClickAsync();
        await CheckAsync(Button("Undo"));
        await Button("Undo").ClickAsync();
    }

    [Test]
    public async Task Axe_finds_no_violation_in_any_error_state(
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme,
        [Values(1280, 360)] int width)
    {
        ExpectFailuresOf("/api/v1/games/");
        ExpectFailuresOf("/api/v1/images");
        var game = await CreateAsync("Dune: Imperium", Pictures.Png(1, 100));
        await SignInAsync();
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await Page.SetViewportSizeAsync(width, 800);

        await Page.GotoAsync($"{game}/edit");
        await ChooseAsync("Banner", SmallPng.Of(SmallPng.HeaderOf(10_000, 100), SmallPng.End));
        await CheckAsync(Button("Scale it down"));
        await ChooseAsync("Banner", []);
        await CheckAsync(Page.GetByText("This file is empty"));
        await Button("Leave it out").ClickAsync();

        await Page.RouteAsync(Usage, route => route.FulfillAsync(new() { Json = NearlyFull }));
        await Page.RouteAsync(Uploads, route => route.FulfillAsync(new() { Status = 500 }));
        await Page.ReloadAsync();
        await CheckAsync(Page.GetByText("Little space is left for pictures"));
        await ChooseAsync("Thumbnail", Pictures.Png(3, 100));
        await CheckAsync(Button("Try the upload again"));
        await Page.UnrouteAsync(Uploads);
        var limit = await LimitUploadsAsync(1000);
        await ChooseAsync("Thumbnail", Pictures.Png(3, 10_000));
        await CheckAsync(Button("Cancel the upload"));
        await limit.DetachAsync();

        await Field("Title").FillAsync("Dune");
        await ChooseAsync("Thumbnail", Pictures.Png(2, 400));
        await Page.RouteAsync(Changes, route => route.FulfillAsync(new() { Status = 500 }));
        await Button("Save").ClickAsync();
        await CheckAsync(Button("Try again"));
        await Page.UnrouteAsync(Changes);
        using var changed = await Member.PatchAsJsonAsync($"/api/v1{game}", new { title = "Arrakis", remove_thumbnail = true });
        await Button("Try again").ClickAsync();
        await CheckAsync(Heading("Someone else changed this game"));
        await Button("Back to the form").ClickAsync();

        await Context.ClearCookiesAsync();
        await Button("Save").ClickAsync();
        await CheckAsync(Heading("Your session has ended"));
        await Button("Not now").ClickAsync();
        await Context.SetOfflineAsync(true);
        await CheckAsync(Page.GetByText("You are offline."));
    }

    private async Task CheckAsync(string path, ILocator sign)
    {
        await Page.GotoAsync(path);
        await CheckAsync(sign);
    }

    /// <param name="sign">The element that is visible when the page is loaded.</param>
    private async Task CheckAsync(ILocator sign)
    {
        await Expect(sign).ToBeVisibleAsync();
        await Page.EvaluateAsync($"{axe};0");
        var violations = await Page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)");
        Assert.That(violations, Is.Empty, Page.Url);
    }
}
