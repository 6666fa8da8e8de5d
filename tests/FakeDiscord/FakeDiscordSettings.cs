using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Images;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Testing.Discord;

public sealed record FakeDiscordSettings
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    public IReadOnlyList<Bot> Bots { get; init; } = [Bot.Default];

    /// <summary>The guild of every channel that was not passed to DeclareChannel. If null, such channels do not exist.</summary>
    public long? Guild { get; init; } = 42;

    /// <summary>Null switches them off.</summary>
    public RateLimits? Limits { get; init; } = new();

    /// <summary>Null fetches no images; then their width and height are 0.</summary>
    public ImageFetching? Images { get; init; } = new();

    /// <summary>Spans are measured with its stopwatch.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Says for each request what goes wrong, before anything that was told with FailNext and FailSometimes.</summary>
    public Func<RecordedRequest, Fault?>? Intercept { get; init; }

    /// <summary>Takes each message that is made or edited, as one line of JSON.</summary>
    public Action<string>? Accepted { get; init; }

    /// <summary>Keeps all requests and all versions of messages. Without it only the current version stays, so that a long load run fits into memory.</summary>
    public bool KeepsHistory { get; init; } = true;

    public int MaxRequestBytes { get; init; } = 25 * Mebibyte;

    public int MaxFileBytes { get; init; } = 10 * Mebibyte;
}
