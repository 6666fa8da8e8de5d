using System.Globalization;
using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Images;

/// <summary>Tests the limits over HTTP. Each test has an address of its own behind a known proxy.</summary>
public sealed class PublicRateLimitTests : ServiceTests
{
    private static int tests;

    private readonly FakeTime time = new();
    private readonly byte[] image = Pictures.Png(1);
    private Service limited = null!;
    private HttpClient proxy = null!;
    private string path = "";
    private string address = "";

    [OneTimeSetUp]
    public async Task Create_a_game_and_start_a_service_with_limits()
    {
        path = $"/api/v1/public/images/{Text(await CreateAsync(image), "thumbnail_id")}";
        limited = new Service(Database, time, ("Proxies:Known:0", "127.0.0.0/8"), ("Proxies:Known:1", "::1/128"));
        proxy = limited.CreateClient([]);
    }

    [OneTimeTearDown]
    public async Task Stop_the_service_with_limits()
    {
        proxy.Dispose();
        await limited.DisposeAsync();
    }

    [SetUp]
    public void Be_another_client() => address = $"192.0.2.{++tests}";

    [Test]
    public async Task Sixty_requests_in_a_minute_succeed_and_the_next_one_is_429()
    {
        for (var request = 1; request <= 60; request++)
        {
            using var response = await SendAsync();
            Assert.Multiple(() =>
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(Limit(response), Is.EqualTo((60, 60 - request, 60)));
            });
        }

        time.Advance(TimeSpan.FromSeconds(17.2));
        using var rejected = await SendAsync();
        var problem = await ProblemAsync(rejected, HttpStatusCode.TooManyRequests);

        Assert.Multiple(() =>
        {
            Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("43 seconds"));
            Assert.That(problem.GetProperty("instance").GetString(), Is.EqualTo(path));
            Assert.That(rejected.Headers.RetryAfter?.ToString(), Is.EqualTo("43"));
            Assert.That(Limit(rejected), Is.EqualTo((60, 0, 43)));
            Assert.That(rejected.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
            Assert.That(rejected.Headers.ETag, Is.Null);
            Assert.That(Value(rejected, "Access-Control-Allow-Origin"), Is.EqualTo("*"));
            Assert.That(Value(rejected, "Access-Control-Expose-Headers"), Does.Contain("Retry-After").And.Contain("X-RateLimit-Reset"));
            Assert.That(Value(rejected, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Value(rejected, "Content-Security-Policy"), Is.EqualTo("default-src 'none'; sandbox"));
            Assert.That(Value(rejected, "Cross-Origin-Resource-Policy"), Is.EqualTo("cross-origin"));
        });

        using var head = await SendAsync("HEAD");
        Assert.Multiple(() =>
        {
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(head.Headers.RetryAfter?.ToString(), Is.EqualTo("43"));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(rejected.Content.Headers.ContentLength));
        });

        time.Advance(TimeSpan.FromSeconds(43));
        Assert.That((await SendAsync()).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_hundred_requests_in_five_minutes_succeed_and_the_next_one_is_429()
    {
        for (var request = 1; request <= 100; request++)
        {
            Assert.That((await SendAsync(request % 2 == 0 ? "HEAD" : "GET")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            time.Advance(TimeSpan.FromSeconds(1.5));
        }

        using var rejected = await SendAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rejected.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(rejected.Headers.RetryAfter?.ToString(), Is.EqualTo("150"));
            Assert.That(Limit(rejected), Is.EqualTo((100, 0, 150)));
        });
    }

    [TestCase("GET", "", "", "", 200)]
    [TestCase("HEAD", "", "", "", 200)]
    [TestCase("get", "", "", "", 200)]
    [TestCase("GET", ".png?a=b", "", "", 200)]
    [TestCase("GET", "/", "", "", 200)]
    [TestCase("GET", "", "If-None-Match", "*", 304)]
    [TestCase("HEAD", "", "If-None-Match", "*", 304)]
    [TestCase("GET", "", "Range", "bytes=0-0", 206)]
    [TestCase("GET", "", "Range", "bytes=99999999-", 416)]
    [TestCase("GET", "x", "", "", 404)]
    [TestCase("HEAD", "x", "", "", 404)]
    [TestCase("GET", ".gif", "", "", 404)]
    [TestCase("GET", "/more", "", "", 404)]
    public async Task A_request_counts_with_any_response(string method, string suffix, string header, string value, int status)
    {
        var headers = header.Length > 0 ? [(header, value)] : Array.Empty<(string, string)>();

        for (var request = 1; request <= 60; request++)
        {
            using var response = await SendAsync(method, path + suffix, headers);
            Assert.Multiple(() =>
            {
                Assert.That((int)response.StatusCode, Is.EqualTo(status));
                Assert.That(Limit(response), Is.EqualTo((60, 60 - request, 60)));
            });
        }

        Assert.That((await SendAsync(method, path + suffix, headers)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await SendAsync()).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [TestCase("Via", "1.1 cache")]
    [TestCase("CDN-Loop", "cdn")]
    public async Task A_response_to_a_shared_cache_has_no_limits_of_one_client(string name, string value)
    {
        foreach (var (method, suffix, condition, status) in new[]
        {
            ("GET", "", ("Accept", "image/png"), HttpStatusCode.OK),
            ("GET", "", ("Accept", "image/png"), HttpStatusCode.OK),
            ("HEAD", "", ("Accept", "image/png"), HttpStatusCode.OK),
            ("GET", "", ("If-None-Match", "*"), HttpStatusCode.NotModified),
            ("GET", "", ("Range", "bytes=0-0"), HttpStatusCode.PartialContent),
        })
        {
            using var response = await SendAsync(method, path + suffix, condition, (name, value));
            Assert.That(response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("public, max-age=3600"));
            Assert.That(response.Headers.Select(header => header.Key), Has.None.StartsWith("X-RateLimit"));
        }

        // Caches do not store errors, so an error has the headers.
        using var missing = await SendAsync("GET", path + "x", (name, value));
        Assert.Multiple(() =>
        {
            Assert.That(missing.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
            Assert.That(Limit(missing), Is.EqualTo((60, 54, 60)));
        });
    }

    [TestCase("/api/v1/public/images")]
    [TestCase("/api/v1/public/images/")]
    [TestCase("/API/v1/Public/Images/nonsense")]
    [TestCase("/api/v1/publi%63/images/nonsense")]
    public async Task No_spelling_of_the_path_avoids_the_limit(string spelling)
    {
        using var response = await SendAsync("GET", spelling);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(Limit(response), Is.EqualTo((60, 59, 60)));
        });
    }

    [TestCase("OPTIONS", HttpStatusCode.NoContent)]
    [TestCase("POST", HttpStatusCode.MethodNotAllowed)]
    [TestCase("PROPFIND", HttpStatusCode.MethodNotAllowed)]
    public async Task A_preflight_or_a_method_that_is_not_allowed_does_not_count_and_has_the_state(string method, HttpStatusCode status)
    {
        using var before = await SendAsync(method);
        Assert.Multiple(() =>
        {
            Assert.That(before.StatusCode, Is.EqualTo(status));
            Assert.That(Limit(before), Is.EqualTo((60, 60, 0)));
        });

        for (var request = 0; request < 60; request++)
            await SendAsync("HEAD");

        using var after = await SendAsync(method);
        Assert.Multiple(() =>
        {
            Assert.That(after.StatusCode, Is.EqualTo(status));
            Assert.That(Limit(after), Is.EqualTo((60, 0, 60)));
        });
    }

    [Test]
    public async Task A_failure_counts_and_has_the_state()
    {
        var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database, time);
        using var client = service.CreateClient([]);
        await database.DisposeAsync();

        using var response = await client.GetAsync(path);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(Limit(response), Is.EqualTo((60, 59, 60)));
        });
        Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
    }

    [Test]
    public async Task A_rejected_request_does_not_use_the_database()
    {
        var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database, time);
        using var client = service.CreateClient([]);
        for (var request = 0; request < 60; request++)
            await client.GetAsync("/api/v1/public/images/nonsense");

        await database.DisposeAsync();
        Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Other_routes_are_not_limited()
    {
        for (var request = 0; request < 130; request++)
        {
            using var response = await SendAsync("GET", "/health/live");
            Assert.Multiple(() =>
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(response.Headers.Contains("X-RateLimit-Limit"), Is.False);
            });
        }
    }

    [Test]
    public async Task The_settings_override_the_limits()
    {
        await using var service = new Service(
            Database,
            time,
            ("PublicImages:RateLimits:0:Permits", "2"),
            ("PublicImages:RateLimits:1:Window", "00:00:10"),
            ("PublicImages:RateLimits:1:Permits", "3"));
        using var client = service.CreateClient([]);
        var statuses = new List<int>();

        for (var request = 0; request < 4; request++)
        {
            using var response = await client.GetAsync(path);
            statuses.Add((int)response.StatusCode);
        }

        Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 429, 429 }));
    }

    private static (int Limit, int Remaining, int Reset) Limit(HttpResponseMessage response) =>
        (Number(response, "X-RateLimit-Limit"), Number(response, "X-RateLimit-Remaining"), Number(response, "X-RateLimit-Reset"));

    private static int Number(HttpResponseMessage response, string header) =>
        int.Parse(Value(response, header), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Value(HttpResponseMessage response, string header) => response.Headers.GetValues(header).Single();

    private async Task<HttpResponseMessage> SendAsync(
        string method = "GET",
        string? url = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url ?? path) { Headers = { { "X-Forwarded-For", address } } };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await proxy.SendAsync(request);
    }
}
