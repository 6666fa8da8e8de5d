using System.Diagnostics;
using GameImages.Bot.Announcements;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Testing.Discord;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>Runs the bot in a process of its own, which a test can kill.</summary>
internal sealed class RunningBot : RunningProgram
{
    private RunningBot(ProcessStartInfo start)
        : base(start)
    {
    }

    public static RunningBot Start(
        TestDatabase database,
        FakeDiscord discord,
        Uri publicBaseUrl,
        params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AnnouncementFormatter).Assembly.Location]);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__Bot"] = database.ConnectionString(Roles.Bot);
        start.Environment["Discord__Token"] = Testing.Discord.Bot.Default.Token;
        start.Environment["Discord__BaseUrl"] = discord.BaseUrl.ToString();
        start.Environment["PublicBaseUrl"] = publicBaseUrl.ToString();
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        return new(start);
    }

    /// <summary>Waits until the predicate is true. A failure shows the bot's log.</summary>
    public async Task WaitForAsync(FakeDiscord discord, Func<bool> predicate)
    {
        try
        {
            await discord.WaitForAsync(predicate);
        }
        catch (TimeoutException timeout)
        {
            throw new AssertionException($"{timeout.Message}\n{Log}");
        }
    }
}
