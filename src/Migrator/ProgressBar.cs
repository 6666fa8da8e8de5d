using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace GameImages.Migrator;

/// <summary>The progress of a long task, in bytes.</summary>
internal readonly record struct BytesDone(long Bytes, long TotalBytes);

/// <summary>Shows progress, rate and remaining time on standard error: a bar on a terminal, otherwise a line every two seconds.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan TimeBetweenLines = TimeSpan.FromSeconds(2);

    /// <summary>The terminal with the bar; null if there is none. Other output to the same terminal has to go above the bar.</summary>
    public static IAnsiConsole? Terminal { get; private set; }

    /// <param name="asLines">Prints lines on a terminal as well, for a command that writes there without <see cref="Output"/>.</param>
    public static async Task<T> ShowAsync<T>(string title, Func<Action<BytesDone>, Task<T>> work, bool asLines = false)
    {
        if (asLines || Console.IsErrorRedirected)
            return await work(Lines(title));

        Terminal = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        try
        {
            return await ShowBarAsync(Terminal, title, work);
        }
        finally
        {
            Terminal = null;
        }
    }

    private static Task<T> ShowBarAsync<T>(IAnsiConsole terminal, string title, Func<Action<BytesDone>, Task<T>> work) =>
        terminal.Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new DownloadedColumn { Base = FileSizeBase.Decimal, Culture = CultureInfo.InvariantCulture },
                new TransferSpeedColumn { Base = FileSizeBase.Decimal, Culture = CultureInfo.InvariantCulture },
                new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask(Markup.Escape(title));
                return await work(done =>
                {
                    bar.MaxValue = Math.Max(1, done.TotalBytes);
                    bar.Value = done.Bytes;
                });
            });

    private static Action<BytesDone> Lines(string title)
    {
        var started = Stopwatch.GetTimestamp();
        var last = started;

        return done =>
        {
            if (done.Bytes == 0 || Stopwatch.GetElapsedTime(last) < TimeBetweenLines)
                return;

            last = Stopwatch.GetTimestamp();
            var rate = done.Bytes / Stopwatch.GetElapsedTime(started).TotalSeconds;
            var left = TimeSpan.FromSeconds(Math.Ceiling((done.TotalBytes - done.Bytes) / rate));
            Console.Error.WriteLine(
                $"{title}: {100 * done.Bytes / done.TotalBytes} %, {done.Bytes.Bytes()} of {done.TotalBytes.Bytes()}, "
                + $"{((long)rate).Bytes()}/s, {left:c} left");
        };
    }
}
