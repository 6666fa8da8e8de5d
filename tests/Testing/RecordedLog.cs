using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GameImages.Testing;

/// <summary>Records the entries that a service logs under its settings.</summary>
public sealed class RecordedLog : ILoggerProvider, ILogger
{
    private TaskCompletionSource added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Entries { get; } = new();

    /// <summary>Waits for an entry that begins with this text.</summary>
    public async Task WaitAsync(string start)
    {
        while (true)
        {
            var next = Volatile.Read(ref added).Task;
            if (Entries.Any(entry => entry.Text.StartsWith(start, StringComparison.Ordinal)))
                return;

            // This time limit is real, but only a failing test reaches it.
            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Entries.Enqueue((logLevel, formatter(state, exception), exception));
        Interlocked.Exchange(ref added, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Dispose()
    {
    }
}
