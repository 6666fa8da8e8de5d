using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace GameImages.Operations.Announcements;

/// <summary>The response of the service to a request for an image.</summary>
/// <param name="Location">The target of a redirect.</param>
/// <param name="Limit">The number of requests that the tightest limit of the service allows; null without such a header.</param>
/// <param name="FirstByte">The time until the headers arrived.</param>
/// <param name="Total">The time until the last byte arrived.</param>
internal sealed record ImageResponse(
    HttpStatusCode Status,
    string? ContentType,
    Uri? Location,
    int? Limit,
    TimeSpan? RetryAfter,
    ReadOnlyMemory<byte> Content,
    TimeSpan FirstByte,
    TimeSpan Total);

/// <summary>
/// Fetches images as Discord does: each over a new connection, without cookies, without the proxy settings of this machine, and without
/// following redirects.
/// </summary>
internal sealed class ImageFetch(TimeSpan timeout, TimeProvider time) : IDisposable
{
    /// <summary>The largest attachment that Discord accepts. A longer response is read up to one byte more.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private const string UserAgent = "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)";

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="TimeoutException">The response was not complete in time.</exception>
    /// <exception cref="HttpRequestException">There was no response.</exception>
    /// <exception cref="HttpIOException">The response was cut off.</exception>
    public async Task<ImageResponse> GetAsync(string url, CancellationToken ct)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            return await ReadAsync(url, either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"no complete response within {timeout.TotalSeconds} s");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<ImageResponse> ReadAsync(string url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);

        var start = time.GetTimestamp();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var firstByte = time.GetElapsedTime(start);

        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        var total = time.GetElapsedTime(start);

        return new(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            response.Headers.Location,
            Limit(response.Headers),
            response.Headers.RetryAfter?.Delta,
            bytes.AsMemory(0, length),
            firstByte,
            total);
    }

    private static int? Limit(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-RateLimit-Limit", out var limits)
        && int.TryParse(limits.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var permits)
            ? permits
            : null;
}
