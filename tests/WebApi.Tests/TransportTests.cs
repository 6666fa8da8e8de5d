using System.Net;
using GameImages.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GameImages.WebApi.Tests;

public sealed class TransportTests : ServiceTests
{
    private static readonly (string, string)[] Https = [("Transport:HttpsRedirection", "true"), ("Transport:Hsts", "true"), ("Transport:HttpsPort", "8443"), ("Proxies:Known:0", "127.0.0.0/8")];

    [TestCase("GET", "/api/v1/games", HttpStatusCode.Unauthorized)]
    [TestCase("GET", "/assets/nowhere.js", HttpStatusCode.NotFound)]
    [TestCase("PUT", "/api/v1/games", HttpStatusCode.MethodNotAllowed)]
    [TestCase("GET", "/docs/nowhere.js", HttpStatusCode.NotFound)]
    [TestCase("GET", "/openapi/v9.json", HttpStatusCode.NotFound)]
    [TestCase("GET", "/api/v1/public/images/nonsense", HttpStatusCode.NotFound)]
    [TestCase("DELETE", "/api/v1/public/images/nonsense", HttpStatusCode.MethodNotAllowed)]
    public async Task No_error_may_be_kept(string method, string path, HttpStatusCode status)
    {
        using var response = await Anybody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.That((response.StatusCode, response.Headers.CacheControl?.ToString()), Is.EqualTo((status, "no-store")));
    }

    [TestCase("/api/v1/games")]
    [TestCase("/api/v1/games?guild_id=42")]
    [TestCase("/api/v1/public")]
    [TestCase("/api/v1/public/imagesque")]
    [TestCase("/api/v1/session")]
    [TestCase("/api/v1/sign-in-options")]
    [TestCase("/api/v1/fresh-connection")]
    [TestCase("/sign-in")]
    [TestCase("/sign-out")]
    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    [TestCase("/openapi/v1.json")]
    [TestCase("/docs/index.html")]
    [TestCase("/nowhere")]
    public async Task Only_the_public_route_is_open_to_every_origin(string path)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options })
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { { "Origin", "https://example.org" }, { "Access-Control-Request-Method", "GET" } } };
            using var response = await Member.SendAsync(request);

            Assert.That(response.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control-"));
            Assert.That(response.Headers.Server, Is.Empty);
        }
    }

    [Test]
    public async Task The_connection_of_a_page_that_wants_a_fresh_one_is_closed()
    {
        using var response = await Anybody.GetAsync("/api/v1/fresh-connection");

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(response.Headers.ConnectionClose, Is.True);
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
            Assert.That(response.Headers.Date, Is.Not.Null);
        });
    }

    [TestCase(null)]
    [TestCase("http")]
    [TestCase("https, http")]
    public async Task A_request_over_HTTP_is_sent_to_HTTPS_where_the_settings_say_so(string? forwarded)
    {
        await using var service = new Service(Database, Https);
        using var response = await SendAsync(service, forwarded);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo("https://games.example:8443/api/v1/public/images/nonsense?a=b"));
        Assert.That(response.Headers.Contains("Strict-Transport-Security"), Is.False);

        // A page of another origin follows it, and what it asks for counts once.
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
        Assert.That(response.Headers.GetValues("X-RateLimit-Remaining"), Is.EqualTo(response.Headers.GetValues("X-RateLimit-Limit")));
    }

    [Test]
    public async Task An_image_in_memory_is_sent_to_HTTPS_as_well()
    {
        await using var service = new Service(Database, Https);
        var path = $"/api/v1/public/images/{Text(await CreateAsync(Pictures.Png(1)), "thumbnail_id")}";

        for (var request = 0; request < 10; request++)
        {
            Assert.That((await SendAsync(service, "https", path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await SendAsync(service, "http", path)).StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        }
    }

    [Test]
    public async Task A_request_that_a_known_proxy_got_over_HTTPS_is_answered_and_asked_to_stay_there()
    {
        await using var service = new Service(Database, Https);
        using var response = await SendAsync(service, "https", "/docs/index.html");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(new[] { "max-age=31536000" }));
    }

    [Test]
    public async Task An_unknown_peer_that_claims_HTTPS_is_not_believed()
    {
        await using var service = new Service(Database, Https[..3]);
        using var response = await SendAsync(service, "https");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
    }

    [Test]
    public async Task By_default_HTTP_is_served()
    {
        using var response = await SendAsync(Service, null);
        Assert.That((response.StatusCode, response.Headers.Contains("Strict-Transport-Security")), Is.EqualTo((HttpStatusCode.NotFound, false)));
    }

    [Test]
    public async Task More_headers_than_anybody_needs_are_431()
    {
        using var many = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        for (var header = 0; header < 65; header++)
            many.Headers.Add($"X-{header}", "1");

        using var large = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { { "X-Large", new string('x', 17 * 1024) } } };

        foreach (var request in new[] { many, large })
        {
            using var response = await Anybody.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestHeaderFieldsTooLarge));
        }

        using var longLine = await Anybody.GetAsync($"/health/live?{new string('x', 4 * 1024)}");
        Assert.That(longLine.StatusCode, Is.EqualTo(HttpStatusCode.RequestUriTooLong));
    }

    [Test]
    public void A_slow_peer_and_too_many_of_them_are_cut_off()
    {
        var limits = Service.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Multiple(() =>
        {
            Assert.That(limits.MinRequestBodyDataRate?.BytesPerSecond, Is.EqualTo(8192));
            Assert.That(limits.MinResponseDataRate?.BytesPerSecond, Is.EqualTo(8192));
            Assert.That(limits.RequestHeadersTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(limits.MaxConcurrentConnections, Is.EqualTo(4096));
            Assert.That(Service.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.MaxReadBufferSize, Is.EqualTo(131072));
            Assert.That(limits.MaxRequestBodySize, Is.InRange(10 * 1024 * 1024, 12 * 1024 * 1024));
        });
    }

    private static async Task<HttpResponseMessage> SendAsync(Service service, string? forwardedProto, string path = "/api/v1/public/images/nonsense?a=b")
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = service.ClientOptions.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "games.example" } };
        if (forwardedProto is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", forwardedProto);
            request.Headers.Add("X-Forwarded-For", "203.0.113.9, 198.51.100.7");
        }

        return await client.SendAsync(request);
    }
}
