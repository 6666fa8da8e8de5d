using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace GameImages.Operations.Announcements;

/// <summary>What the service answers to who asks for a picture.</summary>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="Limit">How many requests the tightest of our own limits allows; null when the answer has none.</param>
/// <param name="FirstByte">Until the headers were there; Total, until the last byte.</param>
internal sealed record ImageResponse(
    HttpStatusCode Status,
    string? ContentType,
    Uri? Location,
    int? Limit,
    TimeSpan? RetryAfter,
    ReadOnlyMemory<byte> Content,
    TimeSpan FirstByte,
    TimeSpan Total);

/// <summary>Fetches pictures as Discord does: each on a connection of its own, without cookies, past any proxy of this machine, and not where a redirect leads.</summary>
internal sealed class ImageFetch(TimeSpan timeout, TimeProvider time) : IDisposable
{
    /// <summary>What Discord takes of an attachment, and so more than any picture needs; an answer is read one byte further.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private const string UserAgent = "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)";

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
        })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="TimeoutException">The answer did not come to its end in time.</exception>
    /// <exception cref="HttpRequestException">There was none.</exception>
    /// <exception cref="HttpIOException">It broke off.</exception>
    public async Task<ImageResponse> GetAsync(string url, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await ReadAsync(url, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer to its end within {timeout.TotalSeconds} s");
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

        var (headers, type) = (response.Headers, response.Content.Headers.ContentType);
        return new(
            response.StatusCode,
            type?.ToString(),
            headers.Location,
            Limit(headers),
            headers.RetryAfter?.Delta,
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
