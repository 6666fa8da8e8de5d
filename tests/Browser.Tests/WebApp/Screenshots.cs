using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>Takes the pictures of docs/web-app.md.</summary>
[Explicit]
internal sealed partial class Screenshots : WebAppTests
{
    // Hills before the sun, in colors of this hue.
    private const string Paint =
        """
        async ([width, height, hue]) => {
          const canvas = new OffscreenCanvas(width, height);
          const context = canvas.getContext('2d');
          const sky = context.createLinearGradient(0, 0, 0, height);
          sky.addColorStop(0, `hsl(${hue} 60% 25%)`);
          sky.addColorStop(1, `hsl(${hue + 20} 80% 65%)`);
          context.fillStyle = sky;
          context.fillRect(0, 0, width, height);
          context.fillStyle = `hsl(${hue + 30} 90% 80%)`;
          context.beginPath();
          context.arc(width * 0.7, height * 0.45, height * 0.2, 0, 7);
          context.fill();
          for (const [lightness, rise] of [[30, 0.55], [18, 0.75]]) {
            context.fillStyle = `hsl(${hue} 45% ${lightness}%)`;
            context.beginPath();
            context.moveTo(0, height);
            for (let x = 0; x <= width; x += 4) context.lineTo(x, height * (rise + 0.08 * Math.sin(lightness + (9 * x) / width)));
            context.lineTo(width, height);
            context.fill();
          }
          const file = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
          return btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer())));
        }
        """;

    private static readonly (string Title, int Hue, string Status)[] Games =
    [
        ("Dune: Imperium", 20, "scheduled"),
        ("Root", 100, "in_progress"),
        ("Ark Nova", 190, "scheduled"),
        ("Brass: Birmingham", 260, "completed"),
        ("Spirit Island", 320, "cancelled"),
        ("Everdell", 70, "scheduled"),
    ];

    private string game = "";

    protected override BrowserNewContextOptions Options => new() { Locale = "en-GB", TimezoneId = "Europe/Berlin" };

    [Test]
    public async Task Create_the_games()
    {
        foreach (var (number, (title, hue, status)) in Games.Index())
        {
            var path = await CreateAsync(title, await PaintAsync(640, 480, hue), await PaintAsync(1200, 480, hue));
            game = game.Length == 0 ? path : game;
            await ChangeAsync(path, new() { ["scheduled_at"] = $"2099-02-{7 + number:00}T19:30:00Z" });

            string[] steps = status switch
            {
                "scheduled" => [],
                "completed" => ["in_progress", status],
                _ => [status],
            };
            foreach (var step in steps)
                await ChangeAsync(path, new() { ["status"] = step });
        }

        await ChangeAsync(game, new()
        {
            ["description"] = "Spice, sandworms and a deck to build.\nBeginners are welcome: the rules are explained at the start.",
            ["location"] = "Voice channel “Table 1”",
            ["host_name"] = "Ann",
            ["expected_duration_minutes"] = 150,
            ["max_players"] = 4,
            ["signup_instructions"] = "React with a die.",
        });
    }

    [Test, DependsOnTest(nameof(Create_the_games))]
    public async Task Take_the_pictures([Values(1280, 360)] int width, [Values] bool dark)
    {
        await OpenAsync(width, dark);
        await Page.GotoAsync("/games");
        await TakeAsync("list", Link("Dune: Imperium"));
        await Page.GotoAsync(game);
        await TakeAsync("details", Heading("Dune: Imperium"));
        await Page.GotoAsync($"{game}/edit");
        await TakeAsync("form", Picture("Banner in the preview"));

        async Task TakeAsync(string page, ILocator sign)
        {
            await Expect(sign).ToBeVisibleAsync();
            await Page.EvaluateAsync(
                "Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))");

            // The window is made as long as the page, so that the sticky elements are in their places.
            if (page != "list" || width > 500)
                await Page.SetViewportSizeAsync(width, await Page.EvaluateAsync<int>("document.documentElement.scrollHeight"));

            await Page.ScreenshotAsync(new() { Path = File($"{page}-{width}-{(dark ? "dark" : "light")}") });
            await Page.SetViewportSizeAsync(width, 800);
        }
    }

    [Test, DependsOnTest(nameof(Take_the_pictures))]
    public async Task Take_the_preview([Values] bool dark)
    {
        await OpenAsync(1280, dark);
        await Page.GotoAsync($"{game}/edit");
        await Expect(Picture("Banner in the preview")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Complementary, new() { Name = "Preview" })
            .ScreenshotAsync(new() { Path = File($"embed-{(dark ? "dark" : "light")}") });
    }

    [Test, DependsOnTest(nameof(Take_the_preview))]
    public async Task Take_the_form_while_it_uploads()
    {
        await OpenAsync(1280, dark: false);
        await Page.GotoAsync($"{game}/edit");
        var hills = await PaintAsync(4000, 1600, 150);
        await LimitUploadsAsync(20_000);
        await ChooseAsync("Banner", hills, "hills.jpg");
        await Page.GetByRole(AriaRole.Progressbar).ScrollIntoViewIfNeededAsync();
        await Expect(Page.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("value", Halfway());
        await Page.ScreenshotAsync(new() { Path = File("upload-1280-light") });
        await Button("Cancel the upload").ClickAsync();
        await Expect(Page.GetByText("Upload cancelled.")).ToBeVisibleAsync();
    }

    [Test, DependsOnTest(nameof(Take_the_preview))]
    public async Task Take_the_library()
    {
        await OpenAsync(1280, dark: false);
        await Page.GotoAsync($"{game}/edit");
        await Button("Your guild's pictures").First.ClickAsync();
        var first = Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Option).First;
        await Expect(first).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(first).ToBeFocusedAsync();
        await Page.EvaluateAsync(
            "Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Page.ScreenshotAsync(new() { Path = File("library-1280-light") });
    }

    // This test changes the game of the other pictures, so it runs last.
    [Test, DependsOnTest(nameof(Take_the_form_while_it_uploads))]
    public async Task Take_the_conflict()
    {
        ExpectFailuresOf("/api/v1/games/");
        await OpenAsync(1280, dark: false);
        await Page.GotoAsync($"{game}/edit");
        await Expect(Picture("Banner in the preview")).ToBeVisibleAsync();
        await Field("Where").FillAsync("Café Spielbrett, back room");
        await ChooseAsync("Thumbnail", await PaintAsync(640, 480, 150));
        await ChangeAsync(game, new() { ["location"] = "Voice channel “Table 2”", ["max_players"] = 5 });
        using var replaced = await Member.PutAsync($"/api/v1{game}/thumbnail", new ByteArrayContent(await PaintAsync(640, 480, 240)));
        await Button("Save").ClickAsync();
        await Expect(Heading("Someone else changed this game")).ToBeVisibleAsync();
        await AssertShownAsync(Picture("Their thumbnail"), 640);
        await Page.ScreenshotAsync(new() { Path = File("conflict-1280-light") });
    }

    private string File(string name) => Path.Combine(ContentRoot, "../../docs/web-app", $"{name}.png");

    private async Task OpenAsync(int width, bool dark)
    {
        await SignInAsync();
        await Page.EmulateMediaAsync(
            new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await Page.Clock.SetFixedTimeAsync("2099-02-01T12:00:00Z");
        await Page.SetViewportSizeAsync(width, 800);
    }

    private async Task<byte[]> PaintAsync(int width, int height, int hue) =>
        Convert.FromBase64String(await Page.EvaluateAsync<string>(Paint, new[] { width, height, hue }));

    private async Task ChangeAsync(string path, Dictionary<string, object> fields)
    {
        using var response = await Member.PatchAsJsonAsync($"/api/v1{path}", fields);
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"^0\.[3-7]")]
    private static partial Regex Halfway();
}
