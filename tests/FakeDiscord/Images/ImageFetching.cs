namespace GameImages.Testing.Discord.Images;

public sealed record ImageFetching
{
    /// <summary>How often one URL is fetched at the same time.</summary>
    public int AtOnce { get; init; } = 5;

    /// <summary>How many redirects are followed; one more is a failure.</summary>
    public int MaxRedirects { get; init; }

    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(10);

    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>A URL that was fetched with success is not fetched again, as Discord's proxy does it.</summary>
    public bool CachesByUrl { get; init; } = true;

    /// <summary>Reaches a server without a socket. It neither follows redirects nor keeps cookies, and stays its owner's.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
