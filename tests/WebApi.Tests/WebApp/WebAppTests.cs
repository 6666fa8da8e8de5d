using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.WebApp;

public sealed class WebAppTests
{
    private const string Policy =
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly string root = Path.Combine(Path.GetTempPath(), $"gameimages-{Guid.NewGuid():N}");

    private TestDatabase database = null!;
    private Service service = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Start_the_service_with_an_app()
    {
        Directory.CreateDirectory(Path.Combine(root, "assets"));
        await File.WriteAllTextAsync(Path.Combine(root, "index.html"), "<!doctype html>");
        await File.WriteAllTextAsync(Path.Combine(root, "theme.js"), "theme");
        await File.WriteAllTextAsync(Path.Combine(root, "assets", "index-1a2b.js"), "script");
        await File.WriteAllTextAsync(Path.Combine(root, "assets", "index-1a2b.js.br"), "in brotli");
        await File.WriteAllTextAsync(Path.Combine(root, "assets", "index-1a2b.js.gz"), "in gzip");
        await File.WriteAllTextAsync(Path.Combine(root, "assets", "old-1a2b.js"), "script");
        await File.WriteAllTextAsync(Path.Combine(root, "assets", "old-1a2b.js.gz"), "in gzip");
        await File.WriteAllTextAsync(Path.Combine(root, "index.html.br"), "page in brotli");
        database = await TestDatabase.CreateAsync();
        service = new Service(database, ("webroot", root));
        client = service.CreateClient([]);
    }

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        client.Dispose();
        await service.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    [TestCase("/")]
    [TestCase("/index.html")]
    [TestCase("/games/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01/edit")]
    [TestCase("/sign-in-failed?reason=denied")]
    [TestCase("/signed-in")]
    [TestCase("/Games/")]
    public async Task Every_page_of_the_app_is_the_index_file(string path)
    {
        using var response = await client.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("<!doctype html>"));
        AssertHeaders(response, "no-cache");
    }

    [TestCase("/assets/index-1a2b.js", "public, max-age=31536000, immutable")]
    [TestCase("/theme.js", "no-cache")]
    public async Task Files_with_a_hash_in_their_name_are_immutable(string path, string cacheControl)
    {
        using var response = await client.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/javascript"));
        AssertHeaders(response, cacheControl);
    }

    [TestCase("GET", "/assets/missing.js", HttpStatusCode.NotFound)]
    [TestCase("GET", "/api/v1/nowhere", HttpStatusCode.NotFound)]
    [TestCase("GET", "/api/v1/public/images/nonsense", HttpStatusCode.NotFound)]
    [TestCase("GET", "/api/v1/games", HttpStatusCode.Unauthorized)]
    [TestCase("GET", "/openapi/v9.json", HttpStatusCode.NotFound)]
    [TestCase("GET", "/docs/nowhere.js", HttpStatusCode.NotFound)]
    [TestCase("GET", "/sign-in/nowhere", HttpStatusCode.NotFound)]
    [TestCase("GET", "/health/nowhere", HttpStatusCode.NotFound)]
    [TestCase("POST", "/games", HttpStatusCode.NotFound)]
    [TestCase("GET", "/docs/index.html", HttpStatusCode.OK)]
    [TestCase("GET", "/openapi/v1.json", HttpStatusCode.OK)]
    [TestCase("GET", "/health/live", HttpStatusCode.OK)]
    public async Task Paths_that_are_not_pages_do_not_change(string method, string path, HttpStatusCode status)
    {
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.That(response.StatusCode, Is.EqualTo(status));

        if (path.StartsWith("/api", StringComparison.Ordinal))
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [TestCase("/apis")]
    [TestCase("/;x")]
    [TestCase("//")]
    [TestCase("//games")]
    [TestCase("//index.html")]
    [TestCase("//theme.js")]
    [TestCase("//api/v1/games")]
    [TestCase("/games//new")]
    [TestCase("/games/1/2")]
    [TestCase("/index.html/x")]
    [TestCase("/assets")]
    [TestCase("/calendar/x.ics")]
    public async Task A_path_outside_of_the_web_app_and_the_API_is_not_found(string path)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, new Uri(
                $"{service.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority)}{path}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            using var response = await client.SendAsync(request);

            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        }
    }

    [TestCase("/nowhere")]
    [TestCase("/games/1/2")]
    [TestCase("/api/v1/nowhere")]
    [TestCase("/assets/missing.js")]
    [TestCase("//api/v1/games")]
    public async Task A_browser_that_visits_no_page_gets_a_404_problem(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            $"{service.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority)}{path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await client.SendAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        }
    }

    [TestCase("{tag}", HttpStatusCode.PartialContent)]
    [TestCase("W/{tag}", HttpStatusCode.OK)]
    [TestCase("\"other\"", HttpStatusCode.OK)]
    [TestCase("nonsense", HttpStatusCode.OK)]
    [TestCase("{date}", HttpStatusCode.OK)]
    [TestCase("{tag}, {tag}", HttpStatusCode.OK)]
    public async Task A_range_is_sent_only_if_If_Range_is_the_tag(string condition, HttpStatusCode status)
    {
        using var whole = await SendAsync(HttpMethod.Get, "/theme.js", "");
        condition = condition
            .Replace("{tag}", $"{whole.Headers.ETag}", StringComparison.Ordinal)
            .Replace("{date}", $"{whole.Content.Headers.LastModified:R}", StringComparison.Ordinal);
        using var response = await SendAsync(HttpMethod.Get, "/theme.js", "", ("Range", "bytes=0-1"), ("If-Range", condition));
        Assert.That(response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("lines=0-1", HttpStatusCode.OK)]
    [TestCase("BYTES=0-1", HttpStatusCode.PartialContent)]
    [TestCase("bytes 0-1", HttpStatusCode.OK)]
    [TestCase("bytes=1-0", HttpStatusCode.OK)]
    [TestCase("bytes=0-1,3-4", HttpStatusCode.OK)]
    [TestCase("bytes=-0", HttpStatusCode.RequestedRangeNotSatisfiable)]
    public async Task Only_one_range_of_bytes_is_sent(string range, HttpStatusCode status)
    {
        using var response = await SendAsync(HttpMethod.Get, "/theme.js", "", ("Range", range));
        Assert.That(response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_condition_on_a_tag_replaces_the_one_on_a_date()
    {
        const string past = "Mon, 01 Jan 2001 00:00:00 GMT";
        using var whole = await SendAsync(HttpMethod.Get, "/theme.js", "");
        var tag = $"{whole.Headers.ETag}";

        using var known = await SendAsync(HttpMethod.Get, "/theme.js", "", ("If-None-Match", tag), ("If-Modified-Since", past));
        Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        using var same = await SendAsync(HttpMethod.Get, "/theme.js", "", ("If-Match", tag), ("If-Unmodified-Since", past));
        Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("br", "in brotli")]
    [TestCase("gzip, deflate, br, zstd", "in brotli")]
    [TestCase("BR", "in brotli")]
    [TestCase("gzip", "in gzip")]
    [TestCase("br;q=0.5, gzip;q=0.9", "in gzip")]
    [TestCase("br;q=0, gzip", "in gzip")]
    [TestCase("*", "in brotli")]
    [TestCase("br;q=0, *", "in gzip")]
    [TestCase("br;q=0", "script")]
    [TestCase("*;q=0", "script")]
    [TestCase("identity", "script")]
    [TestCase("br;q=0.5, identity", "script")]
    [TestCase("zstd", "script")]
    [TestCase("nonsense;;q=", "script")]
    [TestCase("", "script")]
    public async Task A_file_is_sent_in_the_encoding_that_the_client_prefers(string accepted, string content)
    {
        using var response = await SendAsync(HttpMethod.Get, "/assets/index-1a2b.js", accepted);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(content));
        AssertEncoding(response, content switch { "in brotli" => "br", "in gzip" => "gzip", _ => null });
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/javascript"));
        AssertHeaders(response, "public, max-age=31536000, immutable");
    }

    [TestCase("/assets/old-1a2b.js", "br, gzip", "in gzip", "gzip")]
    [TestCase("/theme.js", "br, gzip", "theme", null)]
    [TestCase("/", "br, gzip", "page in brotli", "br")]
    [TestCase("/games", "br, gzip", "page in brotli", "br")]
    [TestCase("/games", "gzip", "<!doctype html>", null)]
    public async Task A_file_is_sent_only_in_encodings_that_exist(string path, string accepted, string content, string? encoding)
    {
        using var response = await SendAsync(HttpMethod.Get, path, accepted);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(content));
        AssertEncoding(response, encoding);
    }

    [Test]
    public async Task The_response_to_HEAD_is_that_to_GET_without_the_content(
        [Values("/games", "/assets/index-1a2b.js")] string path,
        [Values("br", "")] string accepted)
    {
        using var get = await SendAsync(HttpMethod.Get, path, accepted);
        using var head = await SendAsync(HttpMethod.Head, path, accepted);

        Assert.That(await head.Content.ReadAsStringAsync(), Is.Empty);
        Assert.That(HeadersOf(head), Is.EqualTo(HeadersOf(get)));

        static string HeadersOf(HttpResponseMessage response) =>
            $"{response.StatusCode} {response.Headers}{response.Content.Headers}".Replace(
                $"{response.Headers.Date:R}",
                "",
                StringComparison.Ordinal);
    }

    [Test]
    public async Task Each_encoding_has_an_ETag_and_is_not_sent_again_to_a_client_that_has_it()
    {
        string[] encodings = ["br", "gzip", ""];
        var tags = new List<string>();

        foreach (var encoding in encodings)
        {
            using var response = await SendAsync(HttpMethod.Get, "/assets/index-1a2b.js", encoding);
            tags.Add($"{response.Headers.ETag}");
        }

        Assert.That(tags, Is.Unique);

        foreach (var (encoding, tag) in encodings.Zip(tags))
        {
            foreach (var other in tags)
            {
                using var response = await SendAsync(HttpMethod.Get, "/assets/index-1a2b.js", encoding, ("If-None-Match", other));
                Assert.That(response.StatusCode, Is.EqualTo(tag == other ? HttpStatusCode.NotModified : HttpStatusCode.OK));
                Assert.That($"{response.Headers.ETag} {response.Headers.Vary}", Is.EqualTo($"{tag} Accept-Encoding"));
            }
        }
    }

    [TestCase("br", "brot", "br", "bytes 3-6/9")]
    [TestCase("", "ipt", null, "bytes 3-5/6")]
    public async Task A_range_applies_to_the_encoded_file(string accepted, string content, string? encoding, string range)
    {
        using var response = await SendAsync(HttpMethod.Get, "/assets/index-1a2b.js", accepted, ("Range", "bytes=3-6"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(content));
        Assert.That($"{response.Content.Headers.ContentRange}", Is.EqualTo(range));
        AssertEncoding(response, encoding);
    }

    [Test]
    public async Task A_range_beyond_the_end_is_416_without_an_encoding()
    {
        using var response = await SendAsync(HttpMethod.Get, "/assets/index-1a2b.js", "br", ("Range", "bytes=900-"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        AssertEncoding(response, null);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("{"));
    }

    [Test]
    public async Task Without_an_app_there_is_no_page()
    {
        await using var bare = new Service(database, ("webroot", Path.Combine(root, "assets")));
        using var anybody = bare.CreateClient([]);

        foreach (var path in new[] { "/", "/games", "/index.html" })
            Assert.That((await anybody.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string acceptEncoding,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);

        foreach (var (name, value) in headers.Append(("Accept-Encoding", acceptEncoding)))
            request.Headers.TryAddWithoutValidation(name, value);

        return await client.SendAsync(request);
    }

    private static void AssertEncoding(HttpResponseMessage response, string? encoding)
    {
        Assert.That(response.Content.Headers.ContentEncoding.SingleOrDefault(), Is.EqualTo(encoding));
        Assert.That($"{response.Headers.Vary}", Is.EqualTo("Accept-Encoding"));
    }

    private static void AssertHeaders(HttpResponseMessage response, string cacheControl)
    {
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value));

        Assert.Multiple(() =>
        {
            Assert.That(headers["Cache-Control"], Is.EqualTo(cacheControl));
            Assert.That(headers["Content-Security-Policy"], Is.EqualTo(Policy));
            Assert.That(headers["X-Content-Type-Options"], Is.EqualTo("nosniff"));
            Assert.That(headers["Referrer-Policy"], Is.EqualTo("same-origin"));
            Assert.That(headers["Cross-Origin-Opener-Policy"], Is.EqualTo("same-origin"));
            Assert.That(headers["Permissions-Policy"], Does.Contain("camera=()"));
        });
    }
}
