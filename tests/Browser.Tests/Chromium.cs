using GameImages.Testing;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests;

/// <summary>
/// One browser for all tests. It is the one that is installed on the machine, since Playwright's own would have to be downloaded.
/// </summary>
internal static class Chromium
{
    // Chromium has no sandbox for root. The other arguments prevent requests that the tests did not cause.
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> Started = new(StartAsync);

    /// <returns>A browser session with its own cookies and cache.</returns>
    public static async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        if (Find() is null)
            Prerequisite.Missing("Chromium is not installed (Debian: apt-get install chromium).");

        return await (await Started.Value).Browser.NewContextAsync(options);
    }

    public static async Task StopAsync()
    {
        if (!Started.IsValueCreated)
            return;

        var (driver, browser) = await Started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Arguments }));
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
            .Select(folder => Path.Combine(folder, "chromium"))
            .FirstOrDefault(File.Exists);
}
