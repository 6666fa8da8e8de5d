using System.Diagnostics;
using System.Globalization;
using System.Text;
using GameImages.Bot.Announcements;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Testing.Discord;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>Runs the bot in a process of its own, which a test can kill.</summary>
internal sealed class RunningBot : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder log = new();

    private RunningBot(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    public static RunningBot Start(
        TestDatabase database,
        FakeDiscord discord,
        Uri publicBaseUrl,
        params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AnnouncementFormatter).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__Bot"] = database.ConnectionString(Roles.Bot);
        start.Environment["Discord__Token"] = Testing.Discord.Bot.Default.Token;
        start.Environment["Discord__BaseUrl"] = discord.BaseUrl.ToString();
        start.Environment["PublicBaseUrl"] = publicBaseUrl.ToString();
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        return new(Process.Start(start)!);
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

    /// <summary>Ends the process without a shutdown, like a failure of the machine.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until the process ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Append(string? line)
    {
        lock (log)
            log.Append(CultureInfo.InvariantCulture, $"{line}\n");
    }
}
