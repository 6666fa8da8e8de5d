using System.Diagnostics;
using System.Net;
using GameImages.Testing;
using GameImages.Testing.Images;

namespace GameImages.WebApi.Tests.Images;

/// <summary>
/// Two instances on one database cache variants. Neither serves one that was deleted or replaced more than a second ago.
/// </summary>
public sealed class ChangedVariantTests : ServiceTests
{
    // Larger than what the system buffers for a client that does not read.
    private const int HugeBytes = 32 * 1024 * 1024;

    private static int pictures;

    private Service another = null!;
    private HttpClient[] clients = [];
    private string game = "";
    private string id = "";
    private Guid image;
    private string path = "";

    [OneTimeSetUp]
    public void Start_another_instance()
    {
        another = new Service(Database, Settings);
        clients = [.. new[] { Service, another }.Select(service => new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = service.ClientOptions.BaseAddress,
        })];
    }

    [OneTimeTearDown]
    public async Task Stop_the_other_instance()
    {
        foreach (var client in clients)
            client.Dispose();
        await another.DisposeAsync();
    }

    protected override (string Key, string Value)[] Settings =>
        [("PublicImages:RateLimits:0:Permits", "1000000"), ("PublicImages:RateLimits:1:Permits", "1000000")];

    [SetUp]
    public async Task Cache_a_variant_in_both_instances()
    {
        var created = await CreateAsync(Pictures.Png(++pictures));
        game = $"/api/v1/games/{Text(created, "id")}";
        id = Text(created, "thumbnail_id")!;
        image = Guid.Parse(id);
        path = $"/api/v1/public/images/{id}/160.webp";
        await Database.StoreVariantsAsync(id, Variants.Of(160));

        foreach (var client in clients)
        {
            Assert.That(await client.GetByteArrayAsync(path), Is.EqualTo(Variants.Of(160).Bytes.ToArray()));
            Assert.That(await client.GetByteArrayAsync(path), Is.EqualTo(Variants.Of(160).Bytes.ToArray()));
        }
    }

    [Test]
    public async Task A_variant_is_deleted_with_its_image_at_once_here_and_within_a_second_elsewhere()
    {
        Assert.That((await Member.DeleteAsync(game)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await clients[0].GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await WithinASecondAsync(HttpStatusCode.NotFound);

        var left = await Database.SingleAsync<int>("SELECT count(*)::int FROM image_variants WHERE image_id = @image", new { image });
        Assert.That(left, Is.Zero);
    }

    [Test]
    public async Task The_variants_of_an_image_in_quarantine_are_404_until_it_is_released()
    {
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now() WHERE id = @image", new { image });
        await WithinASecondAsync(HttpStatusCode.NotFound);

        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = NULL WHERE id = @image", new { image });
        await WithinASecondAsync(HttpStatusCode.OK);
    }

    [Test]
    public async Task New_variants_replace_the_cached_ones_within_a_second()
    {
        var rebuilt = Variants.Of(160, byteLength: 900, seed: 7);
        await Database.StoreVariantsAsync(id, rebuilt);
        var began = Stopwatch.StartNew();

        foreach (var client in clients)
        {
            while (!(await client.GetByteArrayAsync(path)).AsSpan().SequenceEqual(rebuilt.Bytes.Span))
                Assert.That(began.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task A_width_that_is_not_made_again_is_a_redirect()
    {
        await Database.StoreVariantsAsync(id, Variants.Of(320));
        await WithinASecondAsync(HttpStatusCode.Redirect);
    }

    // The service reads a variant in pieces. Without the check of the hash, the later pieces would have the new bytes.
    [TestCase("0")]
    [TestCase("512")]
    public async Task A_variant_that_is_replaced_while_a_client_reads_it_is_cut_off_and_never_mixed(string cacheMegabytes)
    {
        await using var service = new Service(Database, ("PublicImages:CacheMegabytes", cacheMegabytes));
        using var client = service.CreateClient([]);
        await Database.StoreVariantsAsync(id, Variants.Of(160, HugeBytes));

        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        await Database.StoreVariantsAsync(id, Variants.Of(160, HugeBytes, seed: 1));

        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(HugeBytes));
        Assert.That(async () => await response.Content.ReadAsByteArrayAsync(), Throws.InstanceOf<HttpRequestException>());
        var after = await client.GetByteArrayAsync(path);
        Assert.That(after.AsSpan().SequenceEqual(Variants.Of(160, HugeBytes, seed: 1).Bytes.Span));
    }

    private async Task WithinASecondAsync(HttpStatusCode expected)
    {
        var began = Stopwatch.StartNew();
        foreach (var client in clients)
        {
            while ((await client.GetAsync(path)).StatusCode != expected)
                Assert.That(began.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
        }
    }
}
