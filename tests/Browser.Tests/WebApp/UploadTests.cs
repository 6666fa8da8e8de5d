using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class UploadTests : WebAppTests
{
    // Ends all uploads of the member, as if they had expired.
    private const string EndUploads =
        """
        async () => {
          const session = await (await fetch('/api/v1/session')).json();
          const { items } = await (await fetch('/api/v1/images')).json();
          const headers = { 'X-CSRF-Token': session.csrf_token };
          const ended = await Promise.all(items.map(({ id }) => fetch(`/api/v1/images/${id}`, { method: 'DELETE', headers })));
          return ended.map(({ status }) => status);
        }
        """;

    private ILocator Library => Page.GetByRole(AriaRole.Dialog, new() { Name = "Your guild's pictures" });

    [Test]
    public async Task Saving_sends_only_the_ids_of_uploaded_pictures()
    {
        await OpenFormAsync("Hansa");
        await ChooseAsync("Banner", Pictures.Png(1, 400));
        await ChooseAsync("Thumbnail", Pictures.Png(2, 100));
        var request = await Page.RunAndWaitForRequestAsync(
            () => Button("Save").ClickAsync(),
            request => request.Method == "POST" && request.Url.EndsWith("/api/v1/games", StringComparison.Ordinal));

        await AssertShownAsync(Picture("Banner of Hansa"), 20);
        Assert.That(request.PostData, Does.Contain("banner_image_id").And.Contain("thumbnail_id").And.Length.LessThan(1000));
        Assert.That(await ReferencesAsync("Hansa"), Is.EqualTo(2), "The game and the upload refer to the banner.");
    }

    [Test]
    public async Task An_upload_that_has_ended_is_repeated_by_Save()
    {
        ExpectFailuresOf("/api/v1/games");
        await OpenFormAsync("Torres");
        await ChooseAsync("Banner", Pictures.Png(3, 400));
        await ExpectUploadedAsync("Banner");
        Assert.That(await Page.EvaluateAsync<int[]>(EndUploads), Is.EqualTo([204]));

        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture("Banner of Torres"), 20);
        Assert.That(await CountAsync("Torres"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_picture_of_the_guild_is_chosen_with_the_keyboard_and_stored_once()
    {
        await CreateAsync("Samurai", banner: Pictures.Png(4, 400));
        await CreateAsync("Taj Mahal", banner: Pictures.Png(5, 900));
        await OpenFormAsync("Ra");
        var opener = Page.GetByRole(AriaRole.Group, new() { Name = "Banner" })
            .GetByRole(AriaRole.Button, new() { Name = "Your guild's pictures" });
        await opener.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Library.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Library.GetByRole(AriaRole.Option).First).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Library).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Enter");
        await Expect(Library.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Library.GetByRole(AriaRole.Option).First).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Library.GetByRole(AriaRole.Option).Nth(1)).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(opener).ToBeFocusedAsync();
        await AssertShownAsync(Picture("Banner in the preview"), 20);

        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture("Banner of Ra"), 20);
        Assert.That(await ReferencesAsync("Samurai"), Is.EqualTo(2), "Both games refer to the banner.");
    }

    [Test]
    public async Task The_use_of_the_guild_is_shown_beside_the_pictures()
    {
        await CreateAsync("Medici", banner: Pictures.Png(6, 400));
        await OpenFormAsync("Mexica");
        await Expect(Page.GetByText("of 10,000 pictures, which take")).ToBeVisibleAsync();
    }

    private Task<int> ReferencesAsync(string title) => Database.SingleAsync<int>(
        "SELECT reference_count FROM game_images AS image JOIN game_sessions ON banner_image_id = image.id WHERE title = @title",
        new { title });
}
