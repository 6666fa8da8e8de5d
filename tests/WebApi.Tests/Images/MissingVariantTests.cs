using System.Net;
using GameImages.Testing;
using GameImages.Testing.Images;

namespace GameImages.WebApi.Tests.Images;

/// <summary>
/// A variant that does not exist is a redirect to the original if its width is in the list. Every other name is 404. No cache may keep
/// either response.
/// </summary>
public sealed class MissingVariantTests : ServiceTests
{
    private HttpClient browser = null!;
    private string id = "";
    private string image = "";

    [OneTimeSetUp]
    public async Task Create_a_game()
    {
        browser = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Anybody.BaseAddress };
        id = Text(await CreateAsync(Pictures.Png(1)), "thumbnail_id")!;
        image = $"/api/v1/public/images/{id}";
        await Database.StoreVariantsAsync(id, Variants.Of(160));
    }

    [OneTimeTearDown]
    public void Close_the_browser() => browser.Dispose();

    [TestCase("GET", "")]
    [TestCase("HEAD", "")]
    [TestCase("GET", "If-None-Match: *")]
    [TestCase("GET", "Range: bytes=0-0")]
    [TestCase("GET", "If-Match: \"other\"")]
    public async Task A_width_of_the_list_without_a_variant_is_a_redirect_to_the_original(string method, string header)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{image}/320.webp");
        if (header.Length > 0)
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        using var response = await browser.SendAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(response.Headers.Location?.OriginalString, Is.EqualTo($"{image}.png"));
            Assert.That($"{response.Headers.CacheControl}", Is.EqualTo("no-store"));
            Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
            Assert.That(response.Headers.GetValues("Cross-Origin-Resource-Policy"), Is.EqualTo(new[] { "cross-origin" }));
            Assert.That(response.Headers.GetValues("X-RateLimit-Limit"), Is.EqualTo(new[] { "10000" }));
            Assert.That(response.Headers.ETag, Is.Null);
        });
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task A_client_that_follows_the_redirect_gets_the_original() =>
        Assert.That(await Anybody.GetByteArrayAsync($"{image}/1920.webp"), Is.EqualTo(Pictures.Png(1)));

    [Test]
    public async Task The_redirect_has_the_extension_of_the_original()
    {
        var gif = Text(await CreateAsync(Pictures.Gif(1)), "thumbnail_id");
        using var response = await browser.GetAsync($"/api/v1/public/images/{gif}/160.webp");
        Assert.That(response.Headers.Location?.OriginalString, Is.EqualTo($"/api/v1/public/images/{gif}.gif"));
    }

    [Test]
    public async Task A_redirect_counts_as_a_request()
    {
        var before = Remaining(await browser.GetAsync($"{image}/320.webp"));
        Assert.That(Remaining(await browser.GetAsync($"{image}/320.webp")), Is.EqualTo(before - 1));

        static int Remaining(HttpResponseMessage response) => int.Parse(response.Headers.GetValues("X-RateLimit-Remaining").Single());
    }

    [Test]
    public async Task A_variant_is_served_as_soon_as_it_is_made()
    {
        var other = Text(await CreateAsync(Pictures.Png(2)), "thumbnail_id")!;
        var path = $"/api/v1/public/images/{other}/640.webp";
        Assert.That((await browser.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));

        await Database.StoreVariantsAsync(other, Variants.Of(640));
        Assert.That(await browser.GetByteArrayAsync(path), Is.EqualTo(Variants.Of(640).Bytes.ToArray()));
    }

    [TestCase("200.webp", "The widths are 160, 320, 640, 1280, 1920.")]
    [TestCase("9999.webp", "The widths are")]
    [TestCase("0160.webp", "not the id")]
    [TestCase("0.webp", "not the id")]
    [TestCase("+160.webp", "not the id")]
    [TestCase("-160.webp", "not the id")]
    [TestCase("%20160.webp", "not the id")]
    [TestCase("1e2.webp", "not the id")]
    [TestCase("%EF%BC%91%EF%BC%96%EF%BC%90.webp", "not the id")]
    [TestCase("99999.webp", "not the id")]
    [TestCase("160", "not the id")]
    [TestCase("160.png", "not the id")]
    [TestCase("160.webp.webp", "not the id")]
    [TestCase("160.", "not the id")]
    [TestCase(".webp", "not the id")]
    [TestCase("160.webp/x", "not the id")]
    [TestCase("160/320.webp", "not the id")]
    [TestCase("/160.webp", "not the id")]
    public async Task Another_name_is_404_for_every_origin(string name, string detail)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var response = await browser.SendAsync(new(method, $"{image}/{name}"));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That($"{response.Headers.CacheControl}", Is.EqualTo("no-store"));
            Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
            if (method == HttpMethod.Get)
                Assert.That(Text(await ProblemAsync(response, HttpStatusCode.NotFound), "detail"), Does.Contain(detail));
        }
    }

    [TestCase("/")]
    [TestCase("//")]
    [TestCase("?x=1")]
    public async Task A_variant_is_found_under_the_same_spellings_as_an_original(string ending)
    {
        using var original = await browser.GetAsync($"{image}.png{ending}");
        using var variant = await browser.GetAsync($"{image}/160.webp{ending}");
        Assert.That(variant.StatusCode, Is.EqualTo(original.StatusCode));
    }

    [TestCase("00000000-0000-4000-8000-000000000000")]
    [TestCase("nonsense")]
    [TestCase("{id}.png")]
    public async Task A_variant_of_an_unknown_image_is_404(string unknown) => await ProblemAsync(
        await browser.GetAsync($"/api/v1/public/images/{unknown.Replace("{id}", id, StringComparison.Ordinal)}/160.webp"),
        HttpStatusCode.NotFound);

    [Test]
    public async Task The_widths_are_those_of_the_setting()
    {
        await using var service = new Service(Database, ("Variants:Widths", "100,200"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = service.ClientOptions.BaseAddress,
        };

        Assert.That((await client.GetAsync($"{image}/200.webp")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await client.GetAsync($"{image}/320.webp")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        // The responses of games name this variant until it is made again with the new widths.
        Assert.That((await client.GetAsync($"{image}/160.webp")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
