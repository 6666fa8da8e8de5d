using System.Text.RegularExpressions;
using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>Two tabs change one game, and the other tab saves first.</summary>
internal sealed class ConflictTests : WebAppTests
{
    private string game = "";

    private ILocator Dialog => Page.GetByRole(AriaRole.Alertdialog, new() { Name = "Someone else changed this game" });

    [SetUp]
    public async Task Change_a_game_in_two_tabs()
    {
        ExpectFailuresOf("/api/v1/games/");
        game = await CreateAsync("Before", Pictures.Png(1, 100));
        await SignInAsync();
        await Page.GotoAsync($"{game}/edit");
        await Field("Title").FillAsync("Mine");
        await Field("Where").FillAsync("Table 1");
        await ChooseAsync("Thumbnail", Pictures.Png(2, 400));

        var other = await Context.NewPageAsync();
        await other.GotoAsync($"{game}/edit");
        await other.GetByLabel("Title").FillAsync("Theirs");
        await other.GetByLabel("Maximum players").FillAsync("4");
        await ChooseAsync("Thumbnail", Pictures.Png(3, 900), page: other);
        await other.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Theirs" })).ToBeVisibleAsync();
        await other.CloseAsync();

        await Button("Save").ClickAsync();
        await Expect(Dialog).ToBeVisibleAsync();
    }

    [Test]
    public async Task Both_versions_are_shown()
    {
        await Expect(Side("Title", "Yours")).ToContainTextAsync("Mine");
        await Expect(Side("Title", "Theirs")).ToContainTextAsync("Theirs");
        await Expect(Side("Maximum players", "Yours")).ToContainTextAsync("nothing");
        await Expect(Side("Maximum players", "Theirs")).ToContainTextAsync("4");
        await AssertShownAsync(Picture("Your thumbnail"), 20);
        await AssertShownAsync(Picture("Their thumbnail"), 30);
        Assert.That(await StoredAsync(), Is.EqualTo("Theirs, nowhere, 4, 30"));
    }

    [Test]
    public async Task By_default_my_value_is_kept_where_both_changed_a_field()
    {
        await SaveAsync("Mine");
        Assert.That(await StoredAsync(), Is.EqualTo("Mine, Table 1, 4, 20"));
    }

    [Test]
    public async Task Their_value_can_be_chosen_for_one_field()
    {
        await Side("Title", "Theirs").ClickAsync();
        await SaveAsync("Theirs");
        Assert.That(await StoredAsync(), Is.EqualTo("Theirs, Table 1, 4, 20"));
    }

    [Test]
    public async Task Their_values_can_be_chosen_for_all_fields()
    {
        foreach (var field in new[] { "Title", "Where", "Thumbnail" })
            await Side(field, "Theirs").ClickAsync();
        await SaveAsync("Theirs");
        Assert.That(await StoredAsync(), Is.EqualTo("Theirs, nowhere, 4, 30"));
    }

    [Test]
    public async Task Back_to_the_form_saves_nothing_and_loses_nothing()
    {
        await Button("Back to the form").ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(Field("Title")).ToHaveValueAsync("Mine");
        await AssertShownAsync(Picture("Thumbnail in the preview"), 20);
        Assert.That(await StoredAsync(), Is.EqualTo("Theirs, nowhere, 4, 30"));

        await Button("Save").ClickAsync();
        await Expect(Dialog).ToBeVisibleAsync();
    }

    [Test]
    public async Task Escape_gives_the_focus_back_to_Save()
    {
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(Button("Save")).ToBeFocusedAsync();
    }

    private ILocator Side(string field, string whose) =>
        Dialog.GetByRole(AriaRole.Group, new() { Name = field }).Locator("label").Filter(new() { HasTextRegex = new Regex($"^{whose}") });

    private async Task SaveAsync(string title)
    {
        await Button("Save these choices").ClickAsync();
        await Expect(Heading(title)).ToBeFocusedAsync();
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
    }

    /// <returns>The values of the game in the database: title, location, players and the width of the thumbnail.</returns>
    private Task<string> StoredAsync() => Database.SingleAsync<string>(
        """
        SELECT concat_ws(', ', title, coalesce(location, 'nowhere'), max_players, width)
        FROM game_sessions AS game JOIN game_images AS image ON image.id = thumbnail_id
        WHERE game.id = @id
        """,
        new { id = Guid.Parse(game.Split('/').Last()) });
}
