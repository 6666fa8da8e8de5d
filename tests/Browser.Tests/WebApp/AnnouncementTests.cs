extern alias Bot;

using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class AnnouncementTests : WebAppTests
{
    // The fields of an embed, and which of them have a row of their own; the size of its picture.
    private const string Layout =
        """
        () => [
          ...[...document.querySelectorAll('dl > div')].map((field) => `${field.firstChild.textContent}, ${field.offsetWidth === field.parentNode.offsetWidth ? 'alone' : 'inline'}`),
          ...[...document.querySelectorAll('img[alt="Banner in the preview"], img.image')].map(({ width, height }) => `${width} x ${height}`),
        ]
        """;

    [Test]
    public async Task The_bots_preview_shows_a_new_game_with_both_pictures_as_the_form_did_and_without_a_session()
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Teotihuacan");
        await Field("Where").FillAsync("Table 1");
        await Field("Duration").FillAsync("150");
        await Field("Players").FillAsync("4");
        await Field("How to sign up").FillAsync("React with a die.");
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100));
        await ChooseAsync("Banner", Pictures.Png(2, 400));
        await AssertShownAsync(Picture("Banner in the preview"), 20);
        var foreseen = await Page.EvaluateAsync<string[]>(Layout);
        await Button("Save").ClickAsync();
        await Expect(Heading("Teotihuacan")).ToBeVisibleAsync();

        await using var bot = new Preview(Database, Service.ClientOptions.BaseAddress);
        await using var anybody = await Chromium.NewContextAsync();
        var page = await anybody.NewPageAsync();
        await page.GotoAsync($"{bot.ClientOptions.BaseAddress}preview");

        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("Teotihuacan");
        await AssertShownAsync(page.Locator("img.thumbnail"), 10);
        await AssertShownAsync(page.Locator("img.image"), 20);
        Assert.That(await page.EvaluateAsync<string[]>(Layout), Is.EqualTo(foreseen).And.Not.Empty);
        Assert.That(
            await page.EvaluateAsync<string[]>("[...document.images].map(({ src }) => src)"),
            Has.Length.EqualTo(2).And.All.StartsWith($"{Service.ClientOptions.BaseAddress}api/v1/public/images/"));
        Assert.That(await anybody.CookiesAsync(), Is.Empty);
    }

    /// <summary>The bot without a token, on a real Kestrel.</summary>
    private sealed class Preview : WebApplicationFactory<Bot::Program>
    {
        private readonly TestDatabase database;
        private readonly Uri service;

        public Preview(TestDatabase database, Uri service)
        {
            (this.database, this.service) = (database, service);
            UseKestrel();
            StartServer();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseEnvironment("Development")
            .UseSetting("urls", "http://127.0.0.1:0")
            .UseSetting("ConnectionStrings:Bot", database.ConnectionString(Roles.Bot))
            .UseSetting("Discord:Token", "")
            .UseSetting("PublicBaseUrl", $"{service}")
            .ConfigureLogging(logging => logging.ClearProviders());
    }
}
