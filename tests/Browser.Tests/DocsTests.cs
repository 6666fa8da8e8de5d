using System.Collections.Concurrent;
using GameImages.Browser.Tests.WebApp;
using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests;

/// <summary>The page that describes the API works, and follows its Content-Security-Policy.</summary>
internal sealed class DocsTests : BrowserTests
{
    [Test]
    public async Task The_page_creates_a_game_from_a_form_without_images()
    {
        var origin = Service.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);
        await using var context = await Chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 1000 } });
        var monitor = await PageMonitor.StartAsync(context, origin);
        monitor.Allowed.Add("data:");
        var warnings = new ConcurrentQueue<string>();
        context.Console += (_, message) => warnings.Enqueue($"{message.Type}: {message.Text}");
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{origin}/docs/");

        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).ClickAsync();
        await page.GetByLabel("bearer").Or(page.Locator("#auth-bearer-value")).First.FillAsync(Service.Token([Guild]));
        await page.Locator(".auth-btn-wrapper .authorize").First.ClickAsync();
        await page.Locator(".btn-done").First.ClickAsync();

        var create = page.Locator("#operations-Games-createGame");
        await create.Locator(".opblock-summary-control").ClickAsync();
        await create.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await create.Locator(".body-param-content-type select, .opblock-section-request-body select.content-type").First
            .SelectOptionAsync("multipart/form-data");
        await create.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();

        var status = create.Locator(".live-responses-table .response-col_status").Last;
        await Expect(status).ToContainTextAsync("201");
        Assert.That(monitor.Complaints, Is.Empty);
        Assert.That(warnings, Is.Empty);
    }
}
