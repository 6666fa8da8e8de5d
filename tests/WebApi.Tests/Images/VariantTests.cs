using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using GameImages.Application.Images;
using GameImages.Testing;
using GameImages.Testing.Images;

namespace GameImages.WebApi.Tests.Images;

/// <summary>Variants are served like originals, from memory and without a cache.</summary>
[TestFixture("64")]
[TestFixture("0")]
public sealed class VariantTests(string cacheMegabytes) : ServiceTests
{
    private static readonly ImageVariant Small = Variants.Of(160);

    // The service reads this one from the database in several pieces.
    private static readonly ImageVariant Large = Variants.Of(640, byteLength: 300_000);

    private string image = "";

    protected override (string Key, string Value)[] Settings => [("PublicImages:CacheMegabytes", cacheMegabytes)];

    [OneTimeSetUp]
    public async Task Create_a_game_with_variants()
    {
        var id = Text(await CreateAsync(Pictures.Png(1)), "thumbnail_id")!;
        await Database.StoreVariantsAsync(id, Small, Large);
        image = $"/api/v1/public/images/{id}";
    }

    [TestCase("160.webp")]
    [TestCase("160.WEBP")]
    [TestCase("640.webp")]
    public async Task A_variant_is_served_with_the_headers_of_an_original(string name)
    {
        var expected = name.StartsWith('1') ? Small : Large;
        using var original = await Anybody.GetAsync(image);

        // The second response may come from memory.
        for (var request = 0; request < 2; request++)
        {
            using var response = await Anybody.GetAsync($"{image}/{name}");
            var bytes = await response.Content.ReadAsByteArrayAsync();
            Assert.Multiple(() =>
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(bytes, Is.EqualTo(expected.Bytes.ToArray()));
                Assert.That($"{response.Content.Headers.ContentType}", Is.EqualTo("image/webp"));
                Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(expected.Bytes.Length));
                Assert.That($"{response.Headers.ETag}", Is.EqualTo($"\"{Hash(expected)}\""));
                Assert.That(Headers(response), Is.EqualTo(Headers(original)));
            });
        }
    }

    [TestCase("160.webp")]
    [TestCase("640.webp")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string name)
    {
        using var get = await Anybody.GetAsync($"{image}/{name}");
        using var head = await SendAsync(HttpMethod.Head, name);
        Assert.Multiple(() =>
        {
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Headers(head), Is.EqualTo(Headers(get)));
            Assert.That(head.Headers.ETag, Is.EqualTo(get.Headers.ETag));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(get.Content.Headers.ContentLength));
        });
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task A_client_that_has_the_variant_gets_304_and_one_that_has_the_original_gets_200()
    {
        using var original = await Anybody.GetAsync(image);
        using var variant = await Anybody.GetAsync($"{image}/160.webp");

        using var known = await SendAsync(HttpMethod.Get, "160.webp", headers => headers.IfNoneMatch.Add(variant.Headers.ETag!));
        using var other = await SendAsync(HttpMethod.Get, "160.webp", headers => headers.IfNoneMatch.Add(original.Headers.ETag!));
        Assert.Multiple(() =>
        {
            Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(known.Headers.ETag, Is.EqualTo(variant.Headers.ETag));
            Assert.That($"{known.Headers.CacheControl}", Is.EqualTo("public, max-age=3600"));
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [TestCase(0, 0)]
    [TestCase(81_000, 170_000)]
    [TestCase(299_999, 299_999)]
    public async Task The_response_to_a_range_has_its_bytes(int from, int to)
    {
        using var response = await SendAsync(HttpMethod.Get, "640.webp", headers => headers.Range = new(from, to));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That($"{response.Content.Headers.ContentRange}", Is.EqualTo($"bytes {from}-{to}/300000"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Large.Bytes[from..(to + 1)].ToArray()));
    }

    [Test]
    public async Task A_range_beyond_the_end_is_416_and_a_condition_that_fails_is_412()
    {
        using var range = await SendAsync(HttpMethod.Get, "160.webp", headers => headers.Range = new(1000, null));
        await ProblemAsync(range, HttpStatusCode.RequestedRangeNotSatisfiable);
        Assert.That($"{range.Content.Headers.ContentRange}", Is.EqualTo("bytes */1000"));

        await ProblemAsync(
            await SendAsync(HttpMethod.Get, "160.webp", headers => headers.IfMatch.ParseAdd("\"other\"")),
            HttpStatusCode.PreconditionFailed);
    }

    [Test]
    public async Task A_preflight_succeeds_and_another_method_is_405()
    {
        using var preflight = await SendAsync(HttpMethod.Options, "160.webp");
        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Methods"), Is.EqualTo(new[] { "GET, HEAD, OPTIONS" }));

        using var other = await SendAsync(HttpMethod.Delete, "160.webp");
        await ProblemAsync(other, HttpStatusCode.MethodNotAllowed);
        Assert.That(other.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "HEAD", "OPTIONS" }));
    }

    private static string Hash(ImageVariant variant) => Convert.ToHexStringLower(SHA256.HashData(variant.Bytes.Span));

    // Omits the headers that differ between an original and its variants, or between two responses.
    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        from header in response.Headers.Concat(response.Content.Headers)
        where header.Key is not ("Date" or "ETag" or "Content-Type" or "Content-Length" or "X-RateLimit-Remaining" or "X-RateLimit-Reset")
        orderby header.Key
        select $"{header.Key}: {string.Join(", ", header.Value)}";

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, Action<HttpRequestHeaders>? change = null)
    {
        var request = new HttpRequestMessage(method, $"{image}/{name}");
        change?.Invoke(request.Headers);
        return Anybody.SendAsync(request);
    }
}
