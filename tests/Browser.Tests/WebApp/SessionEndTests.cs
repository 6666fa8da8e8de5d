using GameImages.Testing;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>A session ends while a form is open, and a user signs in in another tab.</summary>
internal sealed class SessionEndTests : WebAppTests
{
    [Test]
    public async Task A_form_keeps_its_pictures_after_a_sign_in_in_another_tab()
    {
        await FillInWithoutSessionAsync("Ark Nova");
        await Expect(Heading("Your session has ended")).ToBeVisibleAsync();
        await SignInElsewhereAsync(new { });

        await Expect(Heading("Your session has ended")).ToHaveCountAsync(0);
        await Button("Try again").ClickAsync();
        await Expect(Heading("Ark Nova")).ToBeVisibleAsync();
        await AssertShownAsync(Picture("Thumbnail of Ark Nova"), 10);
    }

    [Test]
    public async Task A_form_is_not_saved_as_another_user()
    {
        await FillInWithoutSessionAsync("Wingspan");
        await Expect(Heading("Your session has ended")).ToBeVisibleAsync();
        await SignInElsewhereAsync(new { user_id = "8", name = "Bob", guild_ids = new[] { $"{Guild}" } });

        await Expect(Heading("You are now signed in as Bob")).ToBeVisibleAsync();
        await Button("Continue as Bob").ClickAsync();
        await Expect(Field("Title")).ToHaveValueAsync("");
        await Expect(Page.GetByText("Hosted by Bob").First).ToBeVisibleAsync();
        Assert.That(await Database.SingleAsync<int>("SELECT count(*) FROM game_sessions WHERE title = 'Wingspan'"), Is.Zero);
    }

    private async Task FillInWithoutSessionAsync(string title)
    {
        ExpectFailuresOf("/api/v1/");
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync(title);
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100));
        await ExpectUploadedAsync("Thumbnail");
        await Context.ClearCookiesAsync();
        await Button("Save").ClickAsync();
    }

    /// <summary>Signs in in another tab, which ends at the same page as a sign-in with Discord.</summary>
    private async Task SignInElsewhereAsync(object user)
    {
        var response = await Context.APIRequest.PostAsync("/sign-in/try-it", new() { DataObject = user });
        Assert.That(response.Status, Is.EqualTo(204));

        var tab = await Context.NewPageAsync();
        await tab.GotoAsync("/signed-in");
        await Expect(tab.GetByText("You are signed in")).ToBeVisibleAsync();
    }
}
