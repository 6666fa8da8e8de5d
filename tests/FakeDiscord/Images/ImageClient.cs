using System.Globalization;
using GameImages.Domain.Images;

namespace GameImages.Testing.Discord.Images;

/// <summary>
/// Fetches images like Discord, without cookies or redirects. The extension of the URL, the content type and the bytes have to agree.
/// </summary>
internal sealed class ImageClient : IDisposable
{
    private readonly ImageFetching settings;
    private readonly Clock clock;
    private readonly HttpClient http;

    public ImageClient(ImageFetching settings, Clock clock)
    {
        this.settings = settings;
        this.clock = clock;
        var handler = settings.Handler ?? new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };
        http = new(handler, disposeHandler: settings.Handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = settings.MaxBytes,
            DefaultRequestHeaders = { { "User-Agent", "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)" } },
        };
    }

    public async Task<Fetch> FetchAsync(string url)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, clock.Time);

        try
        {
            using var response = await SendAsync(url, timeout.Token);
            return Examine(url, response, await response.Content.ReadAsByteArrayAsync(timeout.Token));
        }
        catch (OperationCanceledException)
        {
            var seconds = settings.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return Failed(url, $"The server did not respond within {seconds} s.");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return Failed(url, failed.Message);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(string url, CancellationToken ct)
    {
        var uri = new Uri(url);

        for (var redirects = 0; ; redirects++)
        {
            var response = await http.GetAsync(uri, ct);
            if (redirects == settings.MaxRedirects
                || response.Headers.Location is not { } location
                || (int)response.StatusCode is < 300 or > 399)
                return response;

            response.Dispose();
            uri = new Uri(uri, location);
        }
    }

    private Fetch Failed(string url, string failure) => new(url, clock.UtcNow, null, null, 0, new Dictionary<string, string>(), failure);

    private Fetch Examine(string url, HttpResponseMessage response, byte[] bytes)
    {
        var contentType = response.Content.Headers.ContentType?.MediaType;
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

        var format = ImageFormat.Recognize(bytes);
        var size = format?.ReadSize(bytes);
        var extension = Path.GetExtension(new Uri(url).AbsolutePath);
        var failure = response switch
        {
            { StatusCode: not System.Net.HttpStatusCode.OK } => $"The status is {(int)response.StatusCode}.",
            _ when format is null || size is null => "The bytes are not an image.",
            _ when format.MimeType != contentType => $"The bytes are {format}, and the content type is {contentType ?? "missing"}.",
            _ when !format.HasExtension(extension.TrimStart('.')) =>
                $"The bytes are {format}, and the extension is {(extension.Length > 0 ? extension : "missing")}.",
            _ => null,
        };

        return new(url, clock.UtcNow, (int)response.StatusCode, contentType, bytes.Length, headers, failure)
        {
            Media = failure is null ? new(size!.Value.Width, size.Value.Height, contentType) : null,
        };
    }
}
