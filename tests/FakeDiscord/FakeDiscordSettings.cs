using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Images;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Testing.Discord;

public sealed record FakeDiscordSettings
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>The port to listen on; 0 selects a free one.</summary>
    public int Port { get; init; }

    public IReadOnlyList<Bot> Bots { get; init; } = [Bot.Default];

    /// <summary>The guild of every channel that was not passed to DeclareChannel. If null, such channels do not exist.</summary>
    public long? Guild { get; init; } = 42;

    /// <summary>The rate limits; null switches them off.</summary>
    public RateLimits? Limits { get; init; } = new();

    /// <summary>How images are fetched. If null, no images are fetched, and their width and height are 0.</summary>
    public ImageFetching? Images { get; init; } = new();

    /// <summary>The clock for limits, delays and dates.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Selects the fault of each request. It takes precedence over FailNext and FailSometimes.</summary>
    public Func<RecordedRequest, Fault?>? Intercept { get; init; }

    /// <summary>Receives each new or edited message as one line of JSON.</summary>
    public Action<string>? Accepted { get; init; }

    /// <summary>
    /// Whether all requests and all versions of messages are kept. If false, only the current version of each message is kept, so that a
    /// long load test fits into memory.
    /// </summary>
    public bool KeepsHistory { get; init; } = true;

    public int MaxRequestBytes { get; init; } = 25 * Mebibyte;

    public int MaxFileBytes { get; init; } = 10 * Mebibyte;
}
