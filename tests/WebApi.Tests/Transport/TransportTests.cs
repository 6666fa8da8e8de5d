using System.Net;
using System.Net.Sockets;
using System.Text;
using GameImages.Testing;
using GameImages.WebApi.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GameImages.WebApi.Tests.Transport;

public sealed class TransportTests : ServiceTests
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";
    private const string Docs =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; "
        + "img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string, string)[] Https =
    [
        ("Transport:HttpsRedirection", "true"),
        ("Transport:Hsts", "true"),
        ("Transport:HttpsPort", "8443"),
        ("Proxies:Known:0", "127.0.0.0/8"),
    ];

    [TestCase("GET", "/api/v1/games", HttpStatusCode.Unauthorized)]
    [TestCase("GET", "/assets/nowhere.js", HttpStatusCode.NotFound)]
    [TestCase("PUT", "/api/v1/games", HttpStatusCode.MethodNotAllowed)]
    [TestCase("GET", "/docs/nowhere.js", HttpStatusCode.NotFound)]
    [TestCase("GET", "/openapi/v9.json", HttpStatusCode.NotFound)]
    [TestCase("GET", "/api/v1/public/images/nonsense", HttpStatusCode.NotFound)]
    [TestCase("DELETE", "/api/v1/public/images/nonsense", HttpStatusCode.MethodNotAllowed)]
    public async Task No_error_may_be_cached(string method, string path, HttpStatusCode status)
    {
        using var response = await Anybody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        });
    }

    [Test]
    public async Task A_response_that_depends_on_the_caller_forbids_caches_to_share_it()
    {
        var game = $"/api/v1/games/{Text(await CreateAsync(), "id")}";
        var stored = new List<string>();

        foreach (var (method, path, body, expected) in new[]
        {
            ("GET", "/api/v1/games", null, "no-store"),
            ("GET", "/api/v1/games?guild_id=42&text=x", null, "no-store"),
            ("GET", game, null, "private, no-cache"),
            ("POST", $"{game}/clone", null, "private, no-cache"),
            ("PATCH", game, "{}", "private, no-cache"),
            ("PUT", $"{game}/banner", "image", "private, no-cache"),
            ("DELETE", $"{game}/banner", null, "no-store"),
            ("DELETE", game, null, "no-store"),
            ("GET", game, null, "no-store"),
            ("GET", "/api/v1/session", null, "no-store"),
            ("GET", "/api/v1/session/avatar", null, "no-store"),
            ("GET", "/api/v1/guilds/42/icon", null, "no-store"),
            ("GET", "/api/v1/sign-in-options", null, "no-store"),
            ("GET", "/sign-in", null, "no-store"),
            ("POST", "/sign-out", null, "no-store"),
            ("OPTIONS", "/api/v1/games", null, "no-store"),
        })
        {
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
            {
                BaseAddress = Service.ClientOptions.BaseAddress,
            };
            client.DefaultRequestHeaders.Authorization = Member.DefaultRequestHeaders.Authorization;
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = body switch
                {
                    null => null,
                    "image" => new ByteArrayContent(Pictures.Png(1)),
                    _ => new StringContent(body, null, "application/json"),
                },
            };
            using var response = await client.SendAsync(request);

            if (response.Headers.CacheControl?.ToString().Split(", ").Order().SequenceEqual(expected.Split(", ").Order()) != true)
                stored.Add($"{method} {path}: {response.StatusCode} {response.Headers.CacheControl}");
        }

        Assert.That(stored, Is.Empty);
    }

    [TestCase("/api/v1/games", Nothing)]
    [TestCase("/api/v1/games/x", Nothing)]
    [TestCase("/health/live", Nothing)]
    [TestCase("/openapi/v1.json", Nothing)]
    [TestCase("/assets/nowhere.js", Nothing)]
    [TestCase("/docs/index.html", Docs)]
    [TestCase("/docs/form.js", Docs)]
    [TestCase("/docs/nowhere.js", Docs)]
    public async Task Every_response_has_the_security_headers(string path, string policy)
    {
        using var response = await Member.GetAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That(response.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(new[] { policy }));
            Assert.That(response.Headers.GetValues("Cross-Origin-Opener-Policy"), Is.EqualTo(new[] { "same-origin" }));
            Assert.That(
                response.Headers.GetValues("Permissions-Policy").Single(),
                Does.Contain("camera=()").And.Contain("clipboard-read=()"));
            Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        });
    }

    [Test]
    public async Task A_silent_connection_is_closed_and_one_that_has_sent_a_request_stays_open()
    {
        var time = new HeldTime();
        var service = new Service(Database, time);
        var address = service.ClientOptions.BaseAddress;

        using var silent = new TcpClient(address.Host, address.Port);
        var silence = await time.NextAsync(FirstByteTimeout.MaxWait);
        silence.End();
        Assert.That(await silent.GetStream().ReadAsync(new byte[1]), Is.Zero);

        using var spoken = new TcpClient(address.Host, address.Port);
        silence = await time.NextAsync(FirstByteTimeout.MaxWait);
        await AskAsync();
        silence.End();
        await AskAsync();

        // A silent connection does not delay the stop of the service.
        using var other = new TcpClient(address.Host, address.Port);
        await time.NextAsync(FirstByteTimeout.MaxWait);
        await service.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15));

        async Task AskAsync()
        {
            await spoken.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HEAD /health/live HTTP/1.1\r\nHost: {address.Host}\r\n\r\n"));
            var answer = new byte[1024];
            var length = 0;
            while (!Encoding.ASCII.GetString(answer, 0, length).EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await spoken.GetStream().ReadAsync(answer.AsMemory(length));
                length += read > 0 ? read : throw new AssertionException("The connection was closed.");
            }
        }
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
            using var request = new HttpRequestMessage(method, path)
            {
                Headers = { { "Origin", "https://example.org" }, { "Access-Control-Request-Method", "GET" } },
            };
            using var response = await Member.SendAsync(request);

            Assert.That(response.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control-"));
            Assert.That(response.Headers.Server, Is.Empty);
        }
    }

    [Test]
    public async Task The_connection_of_a_page_that_requests_a_fresh_one_is_closed()
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
    public async Task A_request_over_HTTP_is_redirected_to_HTTPS_if_the_setting_is_on(string? forwarded)
    {
        await using var service = new Service(Database, Https);
        using var response = await SendAsync(service, forwarded);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo("https://games.example:8443/api/v1/public/images/nonsense?a=b"));
        Assert.That(response.Headers.Contains("Strict-Transport-Security"), Is.False);

        // A page of another origin follows the redirect, and the request counts once.
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
        Assert.That(response.Headers.GetValues("X-RateLimit-Remaining"), Is.EqualTo(response.Headers.GetValues("X-RateLimit-Limit")));
    }

    [Test]
    public async Task A_request_for_an_image_in_memory_is_redirected_to_HTTPS()
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
    public async Task A_request_that_a_known_proxy_received_over_HTTPS_is_served_with_HSTS()
    {
        await using var service = new Service(Database, Https);
        using var response = await SendAsync(service, "https", "/docs/index.html");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(new[] { "max-age=31536000" }));
    }

    [Test]
    public async Task An_unknown_client_that_claims_HTTPS_is_redirected()
    {
        await using var service = new Service(Database, Https[..3]);
        using var response = await SendAsync(service, "https");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
    }

    [Test]
    public async Task HTTP_is_served_by_default()
    {
        using var response = await SendAsync(Service, null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Headers.Contains("Strict-Transport-Security"), Is.False);
    }

    [Test]
    public async Task Too_many_headers_are_431()
    {
        using var many = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        for (var header = 0; header < 65; header++)
            many.Headers.Add($"X-{header}", "1");

        using var large = new HttpRequestMessage(HttpMethod.Get, "/health/live")
        {
            Headers = { { "X-Large", new string('x', 17 * 1024) } },
        };

        foreach (var request in new[] { many, large })
        {
            using var response = await Anybody.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestHeaderFieldsTooLarge));
        }

        using var longLine = await Anybody.GetAsync($"/health/live?{new string('x', 4 * 1024)}");
        Assert.That(longLine.StatusCode, Is.EqualTo(HttpStatusCode.RequestUriTooLong));
    }

    [Test]
    public void Slow_clients_and_too_many_connections_are_disconnected()
    {
        var limits = Service.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Multiple(() =>
        {
            Assert.That(limits.MinRequestBodyDataRate?.BytesPerSecond, Is.EqualTo(8192));
            Assert.That(limits.MinResponseDataRate?.BytesPerSecond, Is.EqualTo(8192));
            Assert.That(limits.RequestHeadersTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(limits.MaxConcurrentConnections, Is.EqualTo(4096));
            Assert.That(
                Service.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.MaxReadBufferSize,
                Is.EqualTo(131072));
            Assert.That(limits.MaxRequestBodySize, Is.InRange(10 * 1024 * 1024, 12 * 1024 * 1024));
        });
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Service service,
        string? forwardedProto,
        string path = "/api/v1/public/images/nonsense?a=b")
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = service.ClientOptions.BaseAddress,
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "games.example" } };
        if (forwardedProto is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", forwardedProto);
            request.Headers.Add("X-Forwarded-For", "203.0.113.9, 198.51.100.7");
        }

        return await client.SendAsync(request);
    }
}
