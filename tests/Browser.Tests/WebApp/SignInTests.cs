using GameImages.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class SignInTests : WebAppTests
{
    private DiscordStandIn discord = null!;

    protected override (string Key, string Value)[] Settings => [.. base.Settings, .. discord.Settings];

    protected override async Task StartOthersAsync() => discord = await DiscordStandIn.StartAsync();

    [SetUp]
    public void Reset_Discord()
    {
        discord.Reset(Guild);
        discord.Tokens.Clear();
        discord.Image = ("image/png", Pictures.Png(1, 100));
        ExpectFailuresOf("/api/v1/session");
        Allow(discord.Settings.Single(setting => setting.Key == "SignIn:AuthorizationEndpoint").Value + "?");
    }

    [OneTimeTearDown]
    public async Task Stop_Discord() => await discord.DisposeAsync();

    [Test]
    public async Task Signing_in_with_Discord_leads_to_the_requested_page_and_signing_out_ends_the_session()
    {
        await CreateAsync("Scythe");
        await CreateAsync("Tapestry");
        await Page.GotoAsync("/games?text=Scythe");
        await Link("Sign in with Discord").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(["Scythe"]);
        await Expect(Page.GetByRole(AriaRole.Listitem)).ToContainTextAsync($"Guild no. {Guild}");
        await AssertShownAsync(Page.Locator($"img[src='/api/v1/guilds/{Guild}/icon']"), 10);
        await Expect(Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Ann");
        await AssertShownAsync(Page.Locator("img[src='/api/v1/session/avatar']"), 10);

        await Button("Sign out").ClickAsync();
        await Expect(Link("Sign in with Discord")).ToBeVisibleAsync();
        Assert.That(discord.Tokens, Is.Empty);
        await Page.ReloadAsync();
        await Expect(Link("Sign in with Discord")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_sign_in_denied_at_Discord_is_reported_and_can_be_repeated()
    {
        discord.IsDenied = true;
        await Page.GotoAsync("/games/new");
        await Link("Sign in with Discord").ClickAsync();
        await Expect(Heading("You are not signed in")).ToBeVisibleAsync();
        await Expect(Page.GetByText("You did not allow Discord to tell GameImages who you are. Nothing was stored.")).ToBeVisibleAsync();

        discord.IsDenied = false;
        await Link("Sign in with Discord").ClickAsync();
        await Expect(Heading("New game")).ToBeVisibleAsync();
    }
}
