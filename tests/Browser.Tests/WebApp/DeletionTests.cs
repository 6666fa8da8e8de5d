using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class DeletionTests : WebAppTests
{
    [Test]
    public async Task A_game_is_deleted_unless_the_member_undoes_it_in_time()
    {
        var game = await CreateAsync("Chess");
        await SignInAsync();
        await Page.Clock.InstallAsync();
        await Page.GotoAsync(game);
        await Button("Delete").ClickAsync();
        await Expect(Button("Undo")).ToBeFocusedAsync();
        Assert.That(await CountAsync("Chess"), Is.EqualTo(1));

        var response = await Page.RunAndWaitForResponseAsync(
            () => Page.Clock.FastForwardAsync(10_000),
            response => response.Request.Method == "DELETE");

        Assert.That(response.Status, Is.EqualTo(204));
        Assert.That(await CountAsync("Chess"), Is.Zero);
        await Expect(Button("Undo")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Undo_keeps_the_game()
    {
        var game = await CreateAsync("Go");
        await SignInAsync();
        await Page.Clock.InstallAsync();
        await Page.GotoAsync(game);
        await Button("Delete").ClickAsync();
        await Expect(Heading("Games")).ToBeVisibleAsync();
        await Expect(Link("Go")).ToHaveCountAsync(0);
        await Button("Undo").ClickAsync();

        await Expect(Link("Go")).ToBeVisibleAsync();
        await Page.Clock.FastForwardAsync(10_000);
        await Link("Go").ClickAsync();
        await Expect(Heading("Go")).ToBeVisibleAsync();
        Assert.That(await CountAsync("Go"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_that_is_held_down_deletes_and_does_not_undo()
    {
        var game = await CreateAsync("Tak");
        await SignInAsync();
        await Page.Clock.InstallAsync();
        await Page.GotoAsync(game);
        await Button("Delete").FocusAsync();
        await Page.Keyboard.DownAsync("Enter");
        await Expect(Button("Undo")).ToBeFocusedAsync();
        await Page.Keyboard.DownAsync("Enter");
        await Page.Keyboard.UpAsync("Enter");
        await Expect(Button("Undo")).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Enter");
        await Expect(Link("Tak")).ToBeVisibleAsync();
    }

    [TestCase(360)]
    [TestCase(1024)]
    [TestCase(1280)]
    public async Task A_notice_does_not_cover_the_buttons_of_the_form(int width)
    {
        var game = await CreateAsync("A long evening with many games and all the players of the guild");
        await SignInAsync();
        await Page.SetViewportSizeAsync(width, 800);
        await Page.Clock.InstallAsync();
        await Page.GotoAsync(game);
        await Button("Delete").ClickAsync();
        await Link("New game").ClickAsync();
        await Expect(Heading("In Discord")).ToBeVisibleAsync();

        var notice = (await Button("Undo").Locator("..").BoundingBoxAsync())!;
        foreach (var name in (string[])["Save", "Discard"])
        {
            var button = (await Button(name).BoundingBoxAsync())!;
            var isAbove = notice.Y + notice.Height <= button.Y;
            var isBeside = notice.X + notice.Width <= button.X || button.X + button.Width <= notice.X;
            Assert.That(isAbove || isBeside, name);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Leaving_the_page_sends_the_deletion(CancellationToken timeout)
    {
        var game = await CreateAsync("Hive");
        await SignInAsync();
        await Page.GotoAsync(game);
        await Button("Delete").ClickAsync();
        await Expect(Button("Undo")).ToBeVisibleAsync();

        await Page.GotoAsync("/games/new");
        await Expect(Heading("New game")).ToBeVisibleAsync();

        // The page that sent the deletion is closed, so the test can only wait until the game is deleted.
        while (await CountAsync("Hive") > 0)
            timeout.ThrowIfCancellationRequested();
    }
}
