using System.Net;
using GameImages.Testing;
using Microsoft.OpenApi;

namespace GameImages.WebApi.Tests.OpenApi;

/// <summary>Compares the description of the public route with the responses of a running service.</summary>
public sealed class PublicImageDocumentTests : ServiceTests
{
    private const string Unknown = "00000000-0000-4000-8000-000000000000";

    // Kestrel adds these headers to every response.
    private static readonly string[] OfEveryAnswer = ["Content-Type", "Date", "Transfer-Encoding"];

    private static readonly string[] Paths = ["/api/v1/public/images/{id}", "/api/v1/public/images/{id}.{ext}"];

    private OpenApiDocument document = null!;
    private string id = "";

    // Only GET has ranges.
    private static readonly (string Method, int Status)[] Reads =
    [
        ("GET", 200), ("GET", 206), ("GET", 304), ("GET", 404), ("GET", 412), ("GET", 416),
        ("HEAD", 200), ("HEAD", 304), ("HEAD", 404), ("HEAD", 412),
    ];

    [OneTimeSetUp]
    public async Task Fetch_the_document_and_store_an_image()
    {
        document = OpenApiDocument.Parse(await Anybody.GetStringAsync("/openapi/v1.json"), "json").Document!;
        id = Text(await CreateAsync(Pictures.Png(1)), "thumbnail_id")!;
    }

    [Test]
    public async Task Each_response_has_the_documented_headers_and_content_type(
        [ValueSource(nameof(Paths))] string path,
        [ValueSource(nameof(Reads))] (string Method, int Status) read)
    {
        var (method, status) = read;
        using var response = await Anybody.SendAsync(Request(path, method, status));
        ExpectDocumented(path, method, status, response);
    }

    [Test]
    public async Task The_response_to_a_preflight_has_the_documented_headers([ValueSource(nameof(Paths))] string path)
    {
        using var response = await Anybody.SendAsync(Request(path, "OPTIONS", 204));
        ExpectDocumented(path, "OPTIONS", 204, response);
    }

    [Test]
    public async Task Responses_429_500_and_503_have_the_documented_headers(
        [ValueSource(nameof(Paths))] string path, [Values("GET", "HEAD")] string method)
    {
        var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database, ("PublicImages:RateLimits:0:Permits", "2"));
        using var client = service.CreateClient([]);

        await database.ExecuteAsync("REVOKE SELECT ON game_images FROM gameimages_public");
        await ExpectAsync(500);
        await database.DisposeAsync();
        await ExpectAsync(503);
        await ExpectAsync(429);

        async Task ExpectAsync(int status)
        {
            using var response = await client.SendAsync(Request(path, method, status));
            ExpectDocumented(path, method, status, response);
        }
    }

    [Test]
    public void The_tests_above_cover_every_documented_status() => Assert.Multiple(() =>
    {
        foreach (var path in Paths)
        {
            Assert.That(
                Statuses(path, "GET"),
                Is.EquivalentTo(new[] { "200", "206", "304", "404", "412", "416", "429", "500", "503" }));
            Assert.That(Statuses(path, "HEAD"), Is.EquivalentTo(Statuses(path, "GET").Except(["206", "416"])));
            Assert.That(Statuses(path, "OPTIONS"), Is.EquivalentTo(new[] { "204" }));
        }
    });

    [Test]
    public async Task Every_documented_extension_names_an_image_of_its_type()
    {
        foreach (
            var (extension, bytes) in new[]
            {
                ("png", Pictures.Png(2)),
                ("gif", Pictures.Gif(2)),
                ("jpg", Pictures.Jpeg(2)),
                ("jpeg", Pictures.Jpeg(2)),
                ("webp", Pictures.WebP(2)),
            })
        {
            var image = Text(await CreateAsync(bytes), "thumbnail_id");
            using var response = await Anybody.GetAsync($"/api/v1/public/images/{image}.{extension}");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), extension);
        }

        var documented = Operation(Paths[1], "GET").Parameters!.Single(parameter => parameter.Name == "ext").Schema!.Enum!;
        Assert.That(
            documented.Select(extension => extension.GetValue<string>()),
            Is.EquivalentTo(new[] { "png", "gif", "jpg", "jpeg", "webp" }));
    }

    [Test]
    public void The_public_route_has_the_tag_public_and_needs_no_credentials() => Assert.Multiple(() =>
    {
        foreach (var (method, operation) in Paths.SelectMany(path => document.Paths[path].Operations!))
        {
            Assert.That(operation.Tags!.Select(tag => tag.Name), Is.EqualTo(new[] { "public" }), $"{method}");
            Assert.That(operation.Security, Is.Null.Or.Empty, $"{method}");
        }
    });

    private HttpRequestMessage Request(string path, string method, int status)
    {
        var request = new HttpRequestMessage(
            new(method),
            path.Replace("{id}", status == 404 ? Unknown : id, StringComparison.Ordinal).Replace("{ext}", "png", StringComparison.Ordinal)
        );
        var (name, value) = status switch
        {
            206 => ("Range", "bytes=0-3"),
            304 => ("If-None-Match", "*"),
            412 => ("If-Match", "\"another\""),
            416 => ("Range", "bytes=9999999-"),
            _ => ("Accept", "*/*"),
        };
        request.Headers.Add(name, value);
        return request;
    }

    private void ExpectDocumented(string path, string method, int status, HttpResponseMessage response)
    {
        var documented = Operation(path, method).Responses![$"{status}"];
        var headers = response.Headers.Concat(response.Content.Headers).Select(header => header.Key).Except(OfEveryAnswer);
        var expected = documented.Headers!.Keys.AsEnumerable();

        // Errors and empty responses also have a Content-Length, which the document omits.
        if (!documented.Headers.ContainsKey("Content-Length"))
            headers = headers.Except(["Content-Length"]);

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(headers, Is.EquivalentTo(expected));

            if (response.Content.Headers.ContentType is { } type && documented.Content is { } content)
                Assert.That(content.Keys, Does.Contain(type.MediaType));
        });
    }

    // FuzzTests provoke the rejections before routing.
    private IEnumerable<string> Statuses(string path, string method) =>
        Operation(path, method).Responses!.Keys.Except(["400", "414", "431", "501", "505"]);

    private OpenApiOperation Operation(string path, string method) => document.Paths[path].Operations![new(method)];
}
