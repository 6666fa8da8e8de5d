using System.Text.Json;
using GameImages.Testing;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests;

/// <summary>The service and a page of another origin, in a browser.</summary>
internal abstract class BrowserTests : ServiceTests
{
    protected Elsewhere Elsewhere { get; private set; } = null!;

    protected IBrowserContext Context { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    // All requests come from one address, and are more than the limits of the public route let pass.
    protected override (string Key, string Value)[] Settings =>
        [("PublicImages:RateLimits:0:Permits", "1000000"), ("PublicImages:RateLimits:1:Permits", "1000000")];

    [OneTimeSetUp]
    public async Task Open_a_page()
    {
        Context = await Chromium.NewContextAsync();
        Elsewhere = await Elsewhere.StartAsync();
        Page = await Context.NewPageAsync();
        await Page.GotoAsync(Elsewhere.Serve("<!doctype html>"));
    }

    [OneTimeTearDown]
    public async Task Close_the_page()
    {
        // Null where there is no browser.
        await (Context?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Elsewhere?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <returns>The public URL of the picture, once a game shows it.</returns>
    protected async Task<string> StoreAsync(byte[] picture) => Url(await CreateAsync(picture));

    protected string Url(JsonElement game) => $"{Service.ClientOptions.BaseAddress}api/v1/public/images/{Text(game, "thumbnail_id")}";
}
