using System.Text.Json;
using GameImages.Testing;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests;

/// <summary>Opens a page of another origin in a browser, while the service runs.</summary>
internal abstract class BrowserTests : ServiceTests
{
    protected OtherOrigin OtherOrigin { get; private set; } = null!;

    protected IBrowserContext Context { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    // All requests come from one address, and there are more than the limits of the public route allow.
    protected override (string Key, string Value)[] Settings =>
        [("PublicImages:RateLimits:0:Permits", "1000000"), ("PublicImages:RateLimits:1:Permits", "1000000")];

    [OneTimeSetUp]
    public async Task Open_a_page()
    {
        Context = await Chromium.NewContextAsync();
        OtherOrigin = await OtherOrigin.StartAsync();
        Page = await Context.NewPageAsync();
        await Page.GotoAsync(OtherOrigin.Serve("<!doctype html>"));
    }

    [OneTimeTearDown]
    public async Task Close_the_page()
    {
        // Both are null when the browser is missing.
        await (Context?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (OtherOrigin?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Creates a game with the image.</summary>
    /// <returns>The public URL of the stored image.</returns>
    protected async Task<string> StoreAsync(byte[] image) => Url(await CreateAsync(image));

    protected string Url(JsonElement game) => $"{Service.ClientOptions.BaseAddress}api/v1/public/images/{Text(game, "thumbnail_id")}";
}
