namespace GameImages.Testing.Discord.Images;

/// <summary>How Discord fetches images.</summary>
public sealed record ImageFetching
{
    /// <summary>The number of simultaneous fetches of one URL.</summary>
    public int AtOnce { get; init; } = 5;

    /// <summary>The number of redirects that are followed. A further redirect is a failure.</summary>
    public int MaxRedirects { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Whether a URL is fetched only until the first success, like by Discord's proxy.</summary>
    public bool CachesByUrl { get; init; } = true;

    /// <summary>Replaces the sockets in tests. It must not follow redirects or store cookies. The caller disposes it.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
