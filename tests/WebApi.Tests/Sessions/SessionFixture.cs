using System.Net;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Sessions;

/// <summary>The service behind an HTTPS proxy, with a stand-in for Discord.</summary>
public abstract class SessionFixture
{
    private readonly List<Browser> browsers = [];

    private protected TestDatabase Database { get; private set; } = null!;

    private protected DiscordStandIn Discord { get; private set; } = null!;

    private protected ShiftedTime Time { get; } = new();

    private protected Service Service { get; private set; } = null!;

    private protected string Keys { get; } = Path.Combine(Path.GetTempPath(), $"gameimages-{Guid.NewGuid():N}");

    [OneTimeSetUp]
    public async Task Start()
    {
        Database = await TestDatabase.CreateAsync();
        Discord = await DiscordStandIn.StartAsync();
        Service = StartService();
    }

    [SetUp]
    public void Reset_Discord() => Discord.Reset(42);

    [OneTimeTearDown]
    public async Task Stop()
    {
        browsers.ForEach(browser => browser.Dispose());
        await Service.DisposeAsync();
        await Discord.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Keys, recursive: true);
    }

    /// <returns>Another instance. It shares the keys unless the settings name other ones.</returns>
    private protected Service StartService(params (string Key, string Value)[] settings) =>
        new(Database, Time, [.. Discord.Settings, ("DataProtection:Keys", Keys), ("Proxies:Known:0", "127.0.0.0/8"), .. settings]);

    private protected Browser Open(Service? service = null, string scheme = "https")
    {
        var browser = new Browser((service ?? Service).ClientOptions.BaseAddress, scheme);
        browsers.Add(browser);
        return browser;
    }

    private protected async Task<Browser> SignInAsync(Service? service = null)
    {
        var browser = Open(service);
        Assert.That(await browser.SignInAsync(), Is.EqualTo("/"));
        return browser;
    }

    private protected static object Game(string guild = "42") =>
        new
        {
            guild_id = guild,
            channel_id = "5",
            title = "Root",
            scheduled_at = "2026-02-07T19:30:00Z",
        };

    /// <summary>Expects a problem (RFC 9457) with this status.</summary>
    private protected static async Task ProblemAsync(HttpResponseMessage response, HttpStatusCode expected, string? code = null)
    {
        var problem = await ServiceTests.JsonAsync(response, expected);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
        Assert.That(
            problem.TryGetProperty("code", out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null,
            Is.EqualTo(code));
    }
}
