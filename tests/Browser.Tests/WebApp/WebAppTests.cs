using System.Net;
using GameImages.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>
/// Opens the web app in a browser. The service runs in Development, which allows a sign-in without Discord. Each test has its own cookies
/// and its own page.
/// </summary>
internal abstract class WebAppTests : ServiceTests
{
    // A start in the future.
    protected const string Start = "2099-02-07T19:30";

    private PageMonitor monitor = null!;

    protected override (string Key, string Value)[] Settings => [("environment", "Development")];

    protected virtual BrowserNewContextOptions Options => new() { Locale = "en-US" };

    protected IBrowserContext Context { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    /// <summary>The address of the app for the browser.</summary>
    protected virtual Uri Origin => Service.ClientOptions.BaseAddress;

    protected string ContentRoot => Service.Services.GetRequiredService<IWebHostEnvironment>().ContentRootPath;

    [OneTimeSetUp]
    public void Find_the_app()
    {
        if (!File.Exists(Path.Combine(ContentRoot, "wwwroot", "index.html")))
            Prerequisite.Missing("The web app is not built: ./build/web.sh builds it.");

        SetDefaultExpectTimeout(30_000);
    }

    [SetUp]
    public async Task Open_a_page()
    {
        var origin = Origin.GetLeftPart(UriPartial.Authority);
        Context = await Chromium.NewContextAsync(new(Options) { BaseURL = origin });
        monitor = await PageMonitor.StartAsync(Context, origin);
        Page = await Context.NewPageAsync();
    }

    [TearDown]
    public async Task Close_the_page()
    {
        // Null when the browser is missing.
        if (Context is null)
            return;

        await Context.DisposeAsync();
        Assert.That(monitor.Complaints, Is.Empty);
    }

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    protected ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    protected ILocator Picture(string name) => Page.GetByRole(AriaRole.Img, new() { Name = name, Exact = true });

    protected ILocator Field(string label) => Page.GetByLabel(label);

    protected ILocator Alert => Page.GetByRole(AriaRole.Alert);

    /// <summary>Accepts failed requests for these addresses, which the browser writes to its console.</summary>
    protected void ExpectFailuresOf(string path) => monitor.Expected.Add(path);

    /// <summary>Accepts requests for addresses that start like this, although they are of another origin.</summary>
    protected void Allow(string url) => monitor.Allowed.Add(url);

    /// <summary>Signs in without the page, which is not open yet.</summary>
    protected async Task SignInAsync(params string[] guilds)
    {
        var response = await Context.APIRequest.PostAsync(
            "/sign-in/try-it",
            new() { DataObject = guilds.Length > 0 ? new { guild_ids = guilds } : new { } });
        Assert.That(response.Status, Is.EqualTo(204));
    }

    protected Task ChooseAsync(string picture, byte[] bytes, string name = "picture.png", IPage? page = null) =>
        (page ?? Page)
            .Locator($"input[type=file][aria-label={picture}]")
            .SetInputFilesAsync(new FilePayload { Name = name, MimeType = "image/png", Buffer = bytes });

    protected Task ExpectUploadedAsync(string picture) =>
        Expect(Page.GetByText($"{picture} uploaded", new() { Exact = true })).ToBeAttachedAsync();

    /// <summary>Fills in the required fields of a game.</summary>
    protected async Task FillInAsync(string title)
    {
        await Field("Title").FillAsync(title);
        await Field("Guild").SelectOptionAsync($"{Guild}");
        await Field("Channel ID").FillAsync("5");
        await Field("Start").FillAsync(Start);
    }

    /// <summary>Limits the speed of the page's uploads until the returned session is detached.</summary>
    protected Task<ICDPSession> LimitUploadsAsync(int bytesPerSecond) => LimitAsync(latency: 0, download: -1, bytesPerSecond);

    /// <summary>Lighthouse's slow 4G: 150 ms for each round trip, 1.6 Mbit/s down and 0.75 Mbit/s up.</summary>
    protected Task<ICDPSession> LimitToSlow4GAsync(IPage? page = null) =>
        LimitAsync(latency: 150, download: 1_600_000 / 8, upload: 750_000 / 8, page);

    private async Task<ICDPSession> LimitAsync(int latency, int download, int upload, IPage? page = null)
    {
        var devTools = await (page ?? Page).Context.NewCDPSessionAsync(page ?? Page);
        await devTools.SendAsync("Network.enable");
        await devTools.SendAsync(
            "Network.emulateNetworkConditions",
            new()
            {
                ["offline"] = false,
                ["latency"] = latency,
                ["downloadThroughput"] = download,
                ["uploadThroughput"] = upload,
            });
        return devTools;
    }

    protected Task<int> CountAsync(string title) =>
        Database.SingleAsync<int>("SELECT count(*) FROM game_sessions WHERE title = @title", new { title });

    /// <summary>Signs in and fills in a new game.</summary>
    protected async Task OpenFormAsync(string title)
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync(title);
    }

    /// <summary>Asserts that the picture is shown, and how many pixels wide it is.</summary>
    protected static Task AssertShownAsync(ILocator picture, int width) => Expect(picture).ToHaveJSPropertyAsync("naturalWidth", width);

    /// <returns>The path of the game's page.</returns>
    protected async Task<string> CreateAsync(string title, byte[]? thumbnail = null, byte[]? banner = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"{Guild}"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent(title), "title" },
            { new StringContent($"{Start}:00Z"), "scheduled_at" },
        };

        if (thumbnail is not null)
            form.Add(new ByteArrayContent(thumbnail), "thumbnail", "thumbnail.png");
        if (banner is not null)
            form.Add(new ByteArrayContent(banner), "banner", "banner.png");

        using var response = await Member.PostAsync("/api/v1/games", form);
        return $"/games/{Text(await JsonAsync(response, HttpStatusCode.Created), "id")}";
    }
}
