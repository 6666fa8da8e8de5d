using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests;

public sealed class WebAppTests
{
    private const string Policy =
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

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
    [TestCase("/apis")]
    public async Task Every_page_of_the_app_is_its_one_file(string path)
    {
        using var response = await client.GetAsync(path);

        Assert.That((response.StatusCode, await response.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "<!doctype html>")));
        AssertHeaders(response, "no-cache");
    }

    [TestCase("/assets/index-1a2b.js", "public, max-age=31536000, immutable")]
    [TestCase("/theme.js", "no-cache")]
    public async Task Files_are_kept_for_ever_if_their_name_changes_with_them(string path, string cacheControl)
    {
        using var response = await client.GetAsync(path);
        Assert.That((response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "text/javascript")));
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
    public async Task What_is_no_page_of_the_app_stays_as_it_was(string method, string path, HttpStatusCode status)
    {
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.That(response.StatusCode, Is.EqualTo(status));

        if (path.StartsWith("/api", StringComparison.Ordinal))
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task Without_an_app_there_is_no_page()
    {
        await using var bare = new Service(database, ("webroot", Path.Combine(root, "assets")));
        using var anybody = bare.CreateClient([]);

        foreach (var path in new[] { "/", "/games", "/index.html" })
            Assert.That((await anybody.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
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
        });
    }
}
