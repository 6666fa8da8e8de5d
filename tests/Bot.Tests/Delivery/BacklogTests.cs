using System.Diagnostics;
using GameImages.Testing;
using GameImages.Testing.Discord;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>Measures how fast the bot announces many waiting games. docs/discord.md has the figures.</summary>
[Explicit("The test takes some minutes.")]
public sealed class BacklogTests
{
    private const int Games = 10_000;

    [TestCase(true, 45, 8)]
    [TestCase(false, 100_000, 8)]
    [TestCase(false, 100_000, 32)]
    public async Task Every_waiting_game_is_posted_once(bool hasLimits, int perSecond, int concurrency)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, description, scheduled_at)
            SELECT 42, 1 + n % 200, 7, 'Dune ' || n, repeat('Spice. ', 40), now() FROM generate_series(1, @Games) AS n
            """,
            new { Games });
        await using var discord = await FakeDiscord.StartAsync(
            hasLimits ? new() { KeepsHistory = false } : new() { Limits = null, KeepsHistory = false });
        var clock = Stopwatch.StartNew();
        using var bot = RunningBot.Start(
            database,
            discord,
            new("http://127.0.0.1:9"),
            ("Discord:RequestsPerSecond", $"{perSecond}"),
            ("Discord:Concurrency", $"{concurrency}"),
            ("Logging:LogLevel:Default", "Warning"));

        await discord.WaitForAsync(() => discord.Posts == Games, TimeSpan.FromMinutes(15));
        TestContext.Out.WriteLine($"{Games / clock.Elapsed.TotalSeconds:0} messages a second; {discord.Edits} edits");
        await database.WaitUntilAloneAsync();
        Assert.Multiple(() =>
        {
            Assert.That(discord.Posts, Is.EqualTo(Games), bot.Log);
            Assert.That(discord.Repeats, Is.Zero, bot.Log);
            Assert.That(discord.Violations, Is.Empty, bot.Log);
        });
    }
}
