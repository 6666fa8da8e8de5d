using System.Diagnostics.Metrics;
using System.Globalization;

namespace GameImages.Bot.Discord;

/// <summary>Sends single requests within Discord's limits and counts them. It never retries.</summary>
internal sealed class RateLimitedHttp : IDisposable
{
    private const int MaxResponseBytes = 1024 * 1024;

    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly RateLimits limits;
    private readonly InvalidRequests invalidRequests;
    private readonly Counter<long> requests;

    /// <exception cref="ArgumentException">The settings have no token or no public URL.</exception>
    public RateLimitedHttp(DiscordSettings settings, TimeProvider time, ILogger<RateLimitedHttp> logger, IMeterFactory meters)
    {
        if (settings is not { Token: { } token, PublicBaseUrl: { } publicBaseUrl })
            throw new ArgumentException("Requests to Discord need a token and the public URL of the service.", nameof(settings));

        this.time = time;
        limits = new(settings.RequestsPerSecond, time);
        invalidRequests = new(settings.InvalidRequests, time, logger);
        requests = meters
            .Create("GameImages")
            .CreateCounter<long>("gameimages.discord.requests", "{request}", "Requests sent to Discord, by the status of the response.");
        http = CreateClient(settings.BaseUrl, token, publicBaseUrl);
    }

    /// <exception cref="RateLimitedException">One more request would exceed a limit.</exception>
    public void Check(Route route)
    {
        invalidRequests.Check();
        limits.Check(route);
    }

    /// <exception cref="RateLimitedException">One more request would exceed a limit. Nothing was sent.</exception>
    /// <exception cref="DiscordUnavailableException">The connection failed. Discord may have received the request.</exception>
    public async Task<DiscordResponse> SendAsync(Route route, HttpRequestMessage request, CancellationToken ct)
    {
        invalidRequests.Check();
        var permit = limits.Take(route);
        DiscordResponse? response = null;

        try
        {
            using var received = await http.SendAsync(request, ct);
            response = await DiscordResponse.ReadAsync(received, time, ct);

            if (response.IsInvalid)
                invalidRequests.Add();

            // The block has to start before the permit is returned. Otherwise another request could take the permit in between.
            if (response.IsGlobal)
                limits.Block(response.RetryAfter);

            return response;
        }
        catch (HttpRequestException failure)
        {
            throw new DiscordUnavailableException($"Discord did not respond: {failure.Message}", failure);
        }
        finally
        {
            limits.Return(permit, response?.Bucket);
            requests.Add(
                1,
                new KeyValuePair<string, object?>("method", route.Method.Method),
                new KeyValuePair<string, object?>("status", response?.Status.ToString(CultureInfo.InvariantCulture) ?? "none"));
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpClient CreateClient(Uri baseUrl, string token, Uri publicBaseUrl)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var client = new HttpClient(handler)
        {
            BaseAddress = baseUrl,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
        client.DefaultRequestHeaders.Authorization = new("Bot", token);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent(publicBaseUrl));
        return client;
    }

    // Discord's documentation, "User Agent". Headers are ASCII, so an internationalised host is written in Punycode.
    private static string UserAgent(Uri url)
    {
        var host = new UriBuilder(url.Scheme, url.IdnHost, url.Port).Uri.GetLeftPart(UriPartial.Authority);
        return $"DiscordBot ({host}, {typeof(RateLimitedHttp).Assembly.GetName().Version!.ToString(3)})";
    }
}
