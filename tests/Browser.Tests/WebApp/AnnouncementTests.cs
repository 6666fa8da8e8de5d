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
    // The fields of the embed and whether each has a row of its own, and the size of the banner.
    private const string Layout =
        """
        () => {
          const isWide = (field) => field.offsetWidth === field.parentNode.offsetWidth;
          const describe = (field) => `${field.firstChild.textContent}, ${isWide(field) ? 'alone' : 'inline'}`;
          const banners = document.querySelectorAll('img[alt="Banner in the preview"], img.image');
          return [
            ...[...document.querySelectorAll('dl > div')].map(describe),
            ...[...banners].map(({ width, height }) => `${width} x ${height}`),
          ];
        }
        """;

    [Test]
    public async Task The_bots_preview_looks_like_the_preview_of_the_form_and_needs_no_session()
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
        var expected = await Page.EvaluateAsync<string[]>(Layout);
        await Button("Save").ClickAsync();
        await Expect(Heading("Teotihuacan")).ToBeVisibleAsync();

        await using var bot = new Preview(Database, Service.ClientOptions.BaseAddress);
        await using var signedOut = await Chromium.NewContextAsync();
        var page = await signedOut.NewPageAsync();
        await page.GotoAsync($"{bot.ClientOptions.BaseAddress}preview");

        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("Teotihuacan");
        await AssertShownAsync(page.Locator("img.thumbnail"), 10);
        await AssertShownAsync(page.Locator("img.image"), 20);
        Assert.That(await page.EvaluateAsync<string[]>(Layout), Is.EqualTo(expected).And.Not.Empty);
        Assert.That(
            await page.EvaluateAsync<string[]>("[...document.images].map(({ src }) => src)"),
            Has.Length.EqualTo(2).And.All.StartsWith($"{Service.ClientOptions.BaseAddress}api/v1/public/images/"));
        Assert.That(await signedOut.CookiesAsync(), Is.Empty);
    }

    /// <summary>The bot without a Discord token, on Kestrel.</summary>
    private sealed class Preview : WebApplicationFactory<Bot::Program>
    {
        private readonly TestDatabase database;
        private readonly Uri service;

        public Preview(TestDatabase database, Uri service)
        {
            this.database = database;
            this.service = service;
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
