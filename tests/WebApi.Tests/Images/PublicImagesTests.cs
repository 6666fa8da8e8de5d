using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Images;

public sealed class PublicImagesTests : ServiceTests
{
    private readonly byte[] picture = Pictures.Png(1, byteLength: 200_000);
    private string path = "";

    [OneTimeSetUp]
    public async Task Create_a_game() => path = $"/api/v1/public/images/{Text(await CreateAsync(picture), "thumbnail_id")}";

    [TestCase("")]
    [TestCase(".png")]
    [TestCase(".PNG")]
    public async Task An_image_is_served_with_the_headers_of_the_contract(string extension)
    {
        using var response = await Anybody.GetAsync(path + extension);
        var bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(bytes, Is.EqualTo(picture));
            Assert.That(Headers(response), Is.SupersetOf(new[]
            {
                "Content-Type: image/png",
                $"Content-Length: {picture.Length}",
                "Cache-Control: public, max-age=3600",
                "Access-Control-Allow-Origin: *",
                $"ETag: \"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(picture))}\"",
                "Accept-Ranges: bytes",
                "X-Content-Type-Options: nosniff",
                "Content-Security-Policy: default-src 'none'; sandbox",
                "Cross-Origin-Resource-Policy: cross-origin",
            }));
            Assert.That(response.Content.Headers.LastModified, Is.Null, "It would reveal when another guild stored the image.");
            Assert.That(response.Headers.Server, Is.Empty);
        });
    }

    [TestCase("")]
    [TestCase(".gif")]
    [TestCase("x")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string suffix)
    {
        using var get = await Anybody.GetAsync(path + suffix);
        using var head = await Anybody.SendAsync(new HttpRequestMessage(HttpMethod.Head, path + suffix));

        Assert.That(head.StatusCode, Is.EqualTo(get.StatusCode));
        Assert.That(Headers(head), Is.EquivalentTo(Headers(get)));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task HEAD_and_304_never_read_the_bytes()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        using var member = service.CreateClient(Guild);
        var game = await JsonAsync(await member.PostAsync("/api/v1/games", Form(picture)), HttpStatusCode.Created);
        await database.ForbidReadingImageDataAsync();
        var image = $"/api/v1/public/images/{Text(game, "thumbnail_id")}";

        using var head = await member.SendAsync(new HttpRequestMessage(HttpMethod.Head, image));
        Assert.Multiple(() =>
        {
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(picture.Length));
        });

        using var known = await member.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, image) { Headers = { IfNoneMatch = { head.Headers.ETag! } } });
        Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));

        // GET reads the bytes with the same role. It fails without giving the reason.
        using var get = await member.GetAsync(image);
        Assert.That(
            (await ProblemAsync(get, HttpStatusCode.InternalServerError)).GetRawText(),
            Does.Not.Contain("permission").And.Not.Contain("game_images"));
    }

    [Test]
    public async Task Images_are_read_by_the_public_role_and_games_are_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        using var member = service.CreateClient(Guild);
        var game = await JsonAsync(await member.PostAsync("/api/v1/games", Form(picture, Pictures.Png(2))), HttpStatusCode.Created);

        await database.ExecuteAsync("REVOKE ALL ON game_images FROM gameimages_app");
        Assert.That(await member.GetByteArrayAsync($"/api/v1/public/images/{Text(game, "thumbnail_id")}"), Is.EqualTo(picture));

        // The other image is not in memory.
        await database.ExecuteAsync("REVOKE ALL ON game_images FROM gameimages_public");
        Assert.That(
            (await member.GetAsync($"/api/v1/public/images/{Text(game, "banner_image_id")}")).StatusCode,
            Is.EqualTo(HttpStatusCode.InternalServerError));

        // A list of games says how images look, and reads no bytes.
        await database.ExecuteAsync(
            """
            GRANT SELECT (id, mime_type, width, height, shown_width, shown_height, placeholder, quarantined_at)
            ON game_images TO gameimages_app
            """);
        Assert.That((await member.GetAsync("/api/v1/games")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_image_is_not_served_after_the_response_to_its_deletion()
    {
        // Repeated, because the notification would also arrive a moment later.
        for (var number = 100; number < 150; number++)
        {
            var game = await CreateAsync(Pictures.Png(number));
            var image = $"/api/v1/public/images/{Text(game, "thumbnail_id")}";
            Assert.That((await Anybody.GetAsync(image)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

            await Member.DeleteAsync($"/api/v1/games/{Text(game, "id")}");
            Assert.That((await Anybody.GetAsync(image)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task A_client_that_has_the_image_gets_304()
    {
        using var first = await Anybody.GetAsync(path);

        foreach (var condition in new Action<HttpRequestHeaders>[]
        {
            headers => headers.IfNoneMatch.Add(first.Headers.ETag!),
            headers => headers.IfNoneMatch.ParseAdd($"\"other\", W/{first.Headers.ETag}"),
            headers => headers.IfNoneMatch.Add(EntityTagHeaderValue.Any),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            condition(request.Headers);
            using var response = await Anybody.SendAsync(request);

            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), request.ToString());
            Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(
                Headers(response),
                Is.SupersetOf(
                    new[] { "Cache-Control: public, max-age=3600", $"ETag: {first.Headers.ETag}", "Access-Control-Allow-Origin: *" }));
        }
    }

    // An image has no date. RFC 9110 sections 13.1.3 to 13.1.5 define the response to such conditions.
    [TestCase("2000-01-01")]
    [TestCase("2026-11-30")]
    [TestCase("2100-01-01")]
    public async Task A_condition_on_a_date_does_not_reveal_when_an_image_was_stored(string date)
    {
        var when = DateTimeOffset.Parse($"{date}T00:00:00Z", CultureInfo.InvariantCulture);

        foreach (var condition in new Action<HttpRequestHeaders>[]
        {
            headers => headers.IfModifiedSince = when,
            headers => headers.IfUnmodifiedSince = when,
            headers => SetRange(headers, new(when)),
            headers => SetRange(headers, new(new EntityTagHeaderValue("\"other\""))),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            condition(request.Headers);
            using var response = await Anybody.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{request}");
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(picture.Length), $"{request}");
        }
    }

    [Test]
    public async Task A_range_is_served_if_If_Range_has_the_entity_tag()
    {
        using var first = await Anybody.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { Range = new(0, 0), IfRange = new(first.Headers.ETag!) },
        };
        Assert.That((await Anybody.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
    }

    [TestCase("W/{tag}")]
    [TestCase("nonsense")]
    [TestCase("{tag}, {tag}")]
    [TestCase("*")]
    [TestCase("\"other\"")]
    [TestCase("Mon, 01 Jan 2001 00:00:00 GMT")]
    public async Task The_whole_image_is_served_if_If_Range_is_something_else(string condition)
    {
        using var first = await Anybody.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new(0, 0) } };
        request.Headers.TryAddWithoutValidation(
            "If-Range", condition.Replace("{tag}", $"{first.Headers.ETag}", StringComparison.Ordinal));
        using var response = await Anybody.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(picture.Length));
    }

    [TestCase("bytes=0-0")]
    [TestCase("bytes=99999999-")]
    public async Task HEAD_ignores_a_range(string range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        request.Headers.TryAddWithoutValidation("Range", range);
        using var response = await Anybody.SendAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(picture.Length));
            Assert.That(response.Content.Headers.ContentRange, Is.Null);
            Assert.That(response.Headers.AcceptRanges, Is.EqualTo(new[] { "bytes" }));
        });
    }

    [TestCase("bytes=0-0", 0, 1)]
    [TestCase("bytes=5-", 5, -1)]
    [TestCase("bytes=-1", -1, 1)]
    [TestCase("bytes=100000-150000", 100_000, 50_001)]
    [TestCase("bytes=5-99999999999", 5, -1)]
    public async Task The_response_to_a_range_has_its_bytes(string range, int from, int count)
    {
        from = from < 0 ? picture.Length + from : from;
        count = count < 0 ? picture.Length - from : count;
        using var response = await RangeAsync(range);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(response.Content.Headers.ContentRange?.ToString(), Is.EqualTo($"bytes {from}-{from + count - 1}/{picture.Length}"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(picture[from..(from + count)]));
    }

    [Test]
    public async Task A_range_beyond_the_end_is_416_and_not_cached()
    {
        using var response = await RangeAsync($"bytes={picture.Length}-");
        await ProblemAsync(response, HttpStatusCode.RequestedRangeNotSatisfiable);

        Assert.That(response.Content.Headers.ContentRange?.ToString(), Is.EqualTo($"bytes */{picture.Length}"));
    }

    [Test]
    public async Task A_condition_that_fails_is_412()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfMatch = { new("\"other\"") } } };
        await ProblemAsync(await Anybody.SendAsync(request), HttpStatusCode.PreconditionFailed);
    }

    [TestCase("bytes=9-5")]
    [TestCase("bytes=x")]
    [TestCase("bytes=0-1,4-5,8-9")]
    [TestCase("lines=1-2")]
    public async Task A_malformed_range_is_ignored(string range)
    {
        using var response = await RangeAsync(range);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(picture.Length));
        });
    }

    [TestCase("00000000-0000-4000-8000-000000000000")]
    [TestCase("nonsense")]
    [TestCase("{00000000-0000-4000-8000-000000000000}")]
    [TestCase("00000000000040008000000000000000")]
    [TestCase("%2000000000-0000-4000-8000-000000000000")]
    [TestCase("+0000000-0000-4000-8000-000000000000")]
    [TestCase("..%2f..")]
    [TestCase(".png")]
    [TestCase("")]
    public async Task A_missing_or_malformed_id_is_404_for_every_origin_and_not_cached(string id)
    {
        using var response = await Anybody.GetAsync($"/api/v1/public/images/{id}");
        await ProblemAsync(response, HttpStatusCode.NotFound);

        Assert.That(Headers(response), Is.SupersetOf(new[] { "Access-Control-Allow-Origin: *", "X-Content-Type-Options: nosniff" }));
    }

    [TestCase(".gif", "is not a .gif file")]
    [TestCase(".jpg", "is not a .jpg file")]
    [TestCase(".", "is not a . file")]
    [TestCase(".png.png", "is not a .png.png file")]
    public async Task An_extension_of_another_type_is_404(string extension, string detail) =>
        Assert.That(
            (await ProblemAsync(await Anybody.GetAsync(path + extension), HttpStatusCode.NotFound)).GetProperty("detail").GetString(),
            Does.Contain(detail));

    [Test]
    public async Task An_image_tag_that_does_not_accept_JSON_gets_the_problem_as_JSON()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path + "x") { Headers = { Accept = { new("image/png") } } };
        await ProblemAsync(await Anybody.SendAsync(request), HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_preflight_succeeds_for_every_origin_without_credentials()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path)
        {
            Headers = { { "Origin", "https://example.org" }, { "Access-Control-Request-Method", "GET" } },
        };
        using var response = await Anybody.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            Headers(response),
            Is.SupersetOf(new[] { "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: GET, HEAD, OPTIONS" }));
        Assert.That(response.Headers.Contains("Access-Control-Allow-Credentials"), Is.False);
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("PROPFIND")]
    public async Task Another_method_is_405(string method)
    {
        using var response = await Anybody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await ProblemAsync(response, HttpStatusCode.MethodNotAllowed);

        Assert.That(response.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "HEAD", "OPTIONS" }));
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
    }

    private Task<HttpResponseMessage> RangeAsync(string range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Range", range);
        return Anybody.SendAsync(request);
    }

    // Omits the headers that differ between responses.
    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        from header in response.Headers.Concat(response.Content.Headers)
        where header.Key != "Date" && !header.Key.StartsWith("X-RateLimit-", StringComparison.Ordinal)
        select $"{header.Key}: {string.Join(", ", header.Value)}";

    private static void SetRange(HttpRequestHeaders headers, RangeConditionHeaderValue condition)
    {
        headers.Range = new(0, 0);
        headers.IfRange = condition;
    }
}
