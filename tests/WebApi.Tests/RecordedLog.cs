using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GameImages.WebApi.Tests;

/// <summary>What a service writes into its log, as far as its settings let it.</summary>
public sealed class RecordedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Entries { get; } = new();

    /// <summary>Waits until an entry begins so.</summary>
    public async Task WaitAsync(string start)
    {
        // Real time, and only for a test that fails.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (!Entries.Any(entry => entry.Text.StartsWith(start, StringComparison.Ordinal)))
            await Task.Delay(20, patience.Token);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
