using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GameImages.WebApi.Tests;

/// <summary>Records the entries that a service logs under its settings.</summary>
public sealed class RecordedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Entries { get; } = new();

    /// <summary>Waits for an entry that begins with this text.</summary>
    public async Task WaitAsync(string start)
    {
        // This time limit is real, but only a failing test reaches it.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (!Entries.Any(entry => entry.Text.StartsWith(start, StringComparison.Ordinal)))
            await Task.Delay(20, patience.Token);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
