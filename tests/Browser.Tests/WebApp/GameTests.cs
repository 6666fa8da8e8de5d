using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed partial class GameTests : WebAppTests
{
    private const string SharedPictures =
        """
        SELECT (copy.thumbnail_id = original.thumbnail_id)::integer + (copy.banner_image_id = original.banner_image_id)::integer
        FROM game_sessions AS original, game_sessions AS copy
        WHERE original.title = 'Cascadia' AND copy.title = 'Cascadia again'
        """;

    [Test]
    public async Task Try_it_leads_to_the_requested_page()
    {
        // The browser is not signed in yet.
        ExpectFailuresOf("/api/v1/session");
        await Page.GotoAsync("/games/new");
        await Button("Try it").ClickAsync();

        await Expect(Heading("New game")).ToBeVisibleAsync();
        await Button("Sign out").ClickAsync();
        await Expect(Button("Try it")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_sign_in_with_Discord_that_is_not_set_up_says_why_it_failed()
    {
        ExpectFailuresOf("/api/v1/session");
        await Page.GotoAsync("/sign-in?return_url=/games");

        await Expect(Heading("You are not signed in")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Signing in with Discord is not set up on this service.")).ToBeVisibleAsync();
        await Button("Try it").ClickAsync();
        await Expect(Heading("Games")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_new_game_shows_both_pictures()
    {
        await SignInAsync();
        await Page.GotoAsync("/games");
        await Link("New game").ClickAsync();
        await Expect(Heading("New game")).ToBeFocusedAsync();
        await FillInAsync("Root");
        await ChooseAsync("Thumbnail", Pictures.Png(1, 100));
        await ChooseAsync("Banner", Pictures.Png(2, 400));
        await AssertShownAsync(Picture("Thumbnail in the preview"), 10);
        await AssertShownAsync(Picture("Banner in the preview"), 20);
        await Button("Save").ClickAsync();

        await Expect(Heading("Root")).ToBeFocusedAsync();
        await AssertShownAsync(Picture("Thumbnail of Root"), 10);
        await AssertShownAsync(Picture("Banner of Root"), 20);
        await Page.GotoAsync("/games");
        await AssertShownAsync(Picture("Thumbnail of Root"), 10);
    }

    [Test]
    public async Task A_changed_title_is_saved_and_the_pictures_are_kept()
    {
        await SignInAsync();
        await Page.GotoAsync(await CreateAsync("Brass", Pictures.Png(3, 100), Pictures.Png(4, 400)));
        await Link("Edit").ClickAsync();
        await Field("Title").FillAsync("Brass: Birmingham");
        await Button("Save").ClickAsync();

        await Expect(Heading("Brass: Birmingham")).ToBeVisibleAsync();
        await AssertShownAsync(Picture("Thumbnail of Brass: Birmingham"), 10);
        await AssertShownAsync(Picture("Banner of Brass: Birmingham"), 20);
    }

    [Test]
    public async Task One_picture_can_be_replaced_while_the_other_is_removed()
    {
        await SignInAsync();
        await Page.GotoAsync(await CreateAsync("Azul", Pictures.Png(5, 100), Pictures.Png(6, 400)));
        await Link("Edit").ClickAsync();
        await ChooseAsync("Thumbnail", Pictures.Png(7, 900));
        await Button("Remove the banner").ClickAsync();
        await Button("Save").ClickAsync();

        await AssertShownAsync(Picture("Thumbnail of Azul"), 30);
        await Expect(Picture("Banner of Azul")).ToHaveCountAsync(0);
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_clone_is_stored_when_it_is_saved_and_shows_the_same_pictures()
    {
        await SignInAsync();
        var original = await CreateAsync("Cascadia", Pictures.Png(8, 100), Pictures.Png(9, 400));
        await Page.GotoAsync(original);
        await Link("Clone").ClickAsync();
        await Expect(Heading("Clone game")).ToBeFocusedAsync();
        await AssertShownAsync(Picture("Thumbnail in the preview"), 10);
        await Field("Title").FillAsync("Cascadia again");
        await Button("Discard").ClickAsync();
        await Button("Discard changes").ClickAsync();
        await Expect(Heading("Cascadia")).ToBeVisibleAsync();
        Assert.That(await Database.SingleAsync<int>("SELECT count(*) FROM game_sessions WHERE title LIKE 'Cascadia%'"), Is.EqualTo(1));
        var events = await Database.SingleAsync<int>("SELECT count(*) FROM outbox");

        await Link("Clone").ClickAsync();
        await Field("Title").FillAsync("Cascadia again");
        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture("Thumbnail of Cascadia again"), 10);
        await AssertShownAsync(Picture("Banner of Cascadia again"), 20);
        await Expect(Page).Not.ToHaveURLAsync(new Regex(Regex.Escape(original)));
        Assert.Multiple(async () =>
        {
            Assert.That(await Database.SingleAsync<int>("SELECT count(*) FROM outbox") - events, Is.EqualTo(1), "announcements");
            Assert.That(await Database.SingleAsync<int>(SharedPictures), Is.EqualTo(2), "pictures");
            Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
        });
    }

    [Test]
    public async Task A_member_of_another_guild_cannot_see_the_game()
    {
        ExpectFailuresOf("/api/v1/games/");
        var game = await CreateAsync("Secret Hitler");
        await SignInAsync("99");
        await Page.GotoAsync("/games");
        await Expect(Heading("No games yet")).ToBeVisibleAsync();

        await Page.GotoAsync(game);
        await Expect(Page.GetByText("This game does not exist")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Secret Hitler")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_part_of_the_title_finds_a_game()
    {
        await CreateAsync("Terraforming Mars");
        await CreateAsync("Wingspan");
        await SignInAsync();
        await Page.GotoAsync("/games");
        await Page.GetByRole(AriaRole.Searchbox, new() { Name = "Title" }).FillAsync("FORMING");

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(["Terraforming Mars"]);
        await Expect(Page).ToHaveURLAsync(TextFilter());
    }

    [Test]
    public async Task A_title_can_consist_of_emoji_only()
    {
        const int most = 200;
        var title = string.Concat(Enumerable.Repeat("🎲", most));
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync($"{title}🎲");
        await Button("Save").ClickAsync();
        await Expect(Page.GetByText($"Enter at most {most} characters.")).ToBeVisibleAsync();
        using var refused = await Member.PostAsJsonAsync("/api/v1/games", Game($"{title}🎲"));
        await ProblemAsync(refused, HttpStatusCode.BadRequest, "title");

        await Field("Title").FillAsync(title);
        await Expect(Page.GetByRole(AriaRole.Complementary, new() { Name = "Preview" })).ToContainTextAsync(title);
        await Button("Save").ClickAsync();
        await Expect(Heading(title)).ToBeFocusedAsync();
        await Expect(Page).ToHaveTitleAsync($"{title} – GameImages");
        await Page.GotoAsync("/games");
        await Expect(Link(title)).ToBeVisibleAsync();
        Assert.That(
            await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"),
            Is.LessThanOrEqualTo(0),
            "pixels wider than the window");
        Assert.That(await CountAsync(title), Is.EqualTo(1));
    }

    [Test]
    public async Task A_start_in_the_past_is_saved_after_a_confirmation()
    {
        await SignInAsync();
        await Page.GotoAsync("/games/new");
        await FillInAsync("Senet");
        await Field("Start").FillAsync("2020-02-07T19:30");
        await Button("Save").ClickAsync();
        await Expect(Heading("The start time has passed")).ToBeVisibleAsync();
        Assert.That(await CountAsync("Senet"), Is.Zero);
        await Button("Save anyway").ClickAsync();

        await Expect(Heading("Senet")).ToBeVisibleAsync();
        Assert.That(
            await Database.SingleAsync<int>("SELECT extract(year FROM scheduled_at)::integer FROM game_sessions WHERE title = 'Senet'"),
            Is.EqualTo(2020));
    }

    [GeneratedRegex(@"\?text=FORMING$")]
    private static partial Regex TextFilter();
}
