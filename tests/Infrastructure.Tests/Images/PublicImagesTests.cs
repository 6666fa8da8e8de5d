using System.Diagnostics.Metrics;
using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class PublicImagesTests : DatabaseTests
{
    private const int CacheBytes = 8 * 1024 * 1024;

    private FakeTime time = null!;
    private ServiceProvider services = null!;
    private PublicDatabase source = null!;
    private PublicImages images = null!;

    [SetUp]
    public void Create_the_cache()
    {
        time = new();
        services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        source = new(NpgsqlDataSource.Create(Database.ConnectionString(Roles.Public)));
        images = new(source, new RetryPipeline(TimeProvider.System), time, services.GetRequiredService<IMeterFactory>(), CacheBytes);
        images.TrustFrom(TimeSpan.FromDays(1).Ticks);
    }

    [TearDown]
    public async Task Dispose_of_the_cache()
    {
        await source.Source.DisposeAsync();
        await services.DisposeAsync();
    }

    // The cache does not keep the largest one.
    [TestCase(1_000, true)]
    [TestCase(200_000, true)]
    [TestCase(1_200_000, false)]
    public async Task The_content_can_be_read_from_any_position(int length, bool isKept)
    {
        var bytes = Pictures.Png(1, length);
        var id = await StoreAsync(bytes);

        for (var time = 0; time < 2; time++)
        {
            var image = (await images.FindAsync(new(id), withContent: true, default))!;

            foreach (var from in new[] { 0, 1, 900, bytes.Length / 2, bytes.Length - 1 })
                Assert.That(await ReadAsync(image, from), Is.EqualTo(bytes[from..]));
        }

        Assert.That(images.FindCached(new(id), out _) is not null, Is.EqualTo(isKept));
    }

    // The test reads the second piece of an image that stays in memory, and of one that does not.
    [TestCase(200_000)]
    [TestCase(1_200_000)]
    public async Task A_read_continues_on_a_new_connection_after_a_connection_loss(int length)
    {
        var bytes = Pictures.Png(1, length);
        var id = await StoreAsync(bytes);
        using var proxy = CuttingProxy.Start(Database.ConnectionString(Roles.Public));
        await using var behind = NpgsqlDataSource.Create(proxy.Through(Database.ConnectionString(Roles.Public)));

        foreach (var cuts in new[] { 0, 1, 40, 100, 5_000, 30_000, 32_000 })
        {
            var image = (await New().FindAsync(new(id), withContent: true, default))!;
            proxy.Begin(cuts, 20);
            var read = await image.ReadAsync(CachedImage.PieceBytes, 32_000, default);
            Assert.That(read.ToArray(), Is.EqualTo(bytes[CachedImage.PieceBytes..(CachedImage.PieceBytes + 32_000)]));
            Assert.That(proxy.End().CutsLeft, Is.Zero);
        }

        // If the database stays unreachable, the read fails. The next read succeeds once the database is back.
        var last = (await New().FindAsync(new(id), withContent: true, default))!;
        proxy.Begin([.. Enumerable.Repeat(20, 100)]);
        var fault = await Assert.CatchAsync(async () => await last.ReadAsync(CachedImage.PieceBytes, 1, default));
        Assert.That(DatabaseFaults.KindOf(fault!), Is.EqualTo(FaultKind.LostConnection));
        Assert.That(proxy.End().CutsLeft, Is.Positive, "The number of retries must be limited.");
        Assert.That((await last.ReadAsync(CachedImage.PieceBytes, 1, default)).Span[0], Is.EqualTo(bytes[CachedImage.PieceBytes]));

        PublicImages New() => new(
            new(behind),
            new RetryPipeline(new ImmediateTime()),
            TimeProvider.System,
            services.GetRequiredService<IMeterFactory>(),
            CacheBytes);
    }

    [Test]
    public async Task A_read_returns_only_the_requested_bytes()
    {
        var bytes = Pictures.Png(1, 1_200_000);
        var image = (await images.FindAsync(new(await StoreAsync(bytes)), withContent: false, default))!;

        Assert.That((await image.ReadAsync(1_000_000, 10, default)).ToArray(), Is.EqualTo(bytes[1_000_000..1_000_010]));
    }

    [Test]
    public async Task Concurrent_requests_share_one_statement()
    {
        var bytes = Pictures.Png(1, 60_000);
        var id = await StoreAsync(bytes);
        Task<PublicImage?>[] asked;

        await using (var blocker = await Database.OpenAsync())
        {
            await using var transaction = await blocker.BeginTransactionAsync();
            await using (var locking = new NpgsqlCommand("LOCK game_images", blocker))
                await locking.ExecuteNonQueryAsync();

            asked = [.. Enumerable.Range(0, 50).Select(_ => images.FindAsync(new(id), withContent: true, default))];
            Assert.That(await Database.WaitForWaitersAsync(), Has.Count.EqualTo(1));
        }

        foreach (var image in await Task.WhenAll(asked))
            Assert.That(await ReadAsync(image!, 0), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_cancelled_request_does_not_disturb_others_that_share_its_statement()
    {
        var id = await StoreAsync(Pictures.Png(1, 200_000));
        var image = (await images.FindAsync(new(id), withContent: false, default))!;
        using var cancelled = new CancellationTokenSource();

        await using (var blocker = await Database.OpenAsync())
        {
            await using var transaction = await blocker.BeginTransactionAsync();
            await using (var locking = new NpgsqlCommand("LOCK game_images", blocker))
                await locking.ExecuteNonQueryAsync();

            var first = image.ReadAsync(0, 10, cancelled.Token).AsTask();
            var second = image.ReadAsync(0, 10, default).AsTask();
            await cancelled.CancelAsync();
            Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());

            await transaction.RollbackAsync();
            Assert.That((await second).Length, Is.EqualTo(10));
        }
    }

    [Test]
    public async Task An_image_that_was_deleted_during_its_read_is_not_cached()
    {
        var id = await StoreAsync(Pictures.Png(1));
        Task<PublicImage?> asked;

        await using (var blocker = await Database.OpenAsync())
        {
            await using var transaction = await blocker.BeginTransactionAsync();
            await using (var locking = new NpgsqlCommand("LOCK game_images", blocker))
                await locking.ExecuteNonQueryAsync();

            asked = images.FindAsync(new(id), withContent: true, default);
            await Database.WaitForWaitersAsync();
            images.Evict(id);
        }

        Assert.That(await asked, Is.Not.Null);
        Assert.That(images.FindCached(new(id), out _), Is.Null);
    }

    [Test]
    public async Task Nothing_is_served_from_the_cache_after_the_trust_period()
    {
        var id = await StoreAsync(Pictures.Png(1));
        images.TrustFrom(TimeSpan.FromSeconds(0.1).Ticks);
        await images.FindAsync(new(id), withContent: true, default);

        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.That(images.FindCached(new(id), out _), Is.Not.Null);

        await Database.ExecuteAsync("DELETE FROM game_images");
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(images.FindCached(new(id), out _), Is.Null);
        Assert.That(await images.FindAsync(new(id), withContent: true, default), Is.Null);
    }

    [Test]
    public async Task Without_a_listener_a_popular_image_is_read_about_once_a_second()
    {
        var id = await StoreAsync(Pictures.Png(1));
        images.TrustFrom(-TimeSpan.FromDays(1).Ticks);
        var first = await images.FindAsync(new(id), withContent: true, default);

        time.Advance(TimeSpan.FromSeconds(0.89));
        Assert.That(await images.FindAsync(new(id), withContent: true, default), Is.SameAs(first));

        time.Advance(TimeSpan.FromSeconds(0.01));
        Assert.That(await images.FindAsync(new(id), withContent: true, default), Is.Not.SameAs(first));
    }

    [Test]
    public async Task Without_a_listener_no_request_joins_a_statement_that_began_too_long_ago()
    {
        var id = await StoreAsync(Pictures.Png(1));
        images.TrustFrom(-TimeSpan.FromDays(1).Ticks);

        await using var blocker = await Database.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var locking = new NpgsqlCommand("LOCK game_images", blocker))
            await locking.ExecuteNonQueryAsync();

        var early = images.FindAsync(new(id), withContent: true, default);
        time.Advance(TimeSpan.FromSeconds(0.9));
        var late = images.FindAsync(new(id), withContent: true, default);
        await Database.WaitForWaitersAsync(2);
        await transaction.RollbackAsync();

        Assert.That(await late, Is.Not.Null.And.Not.SameAs(await early));
        Assert.That(images.FindCached(new(id), out _), Is.SameAs(await late));
    }

    [Test]
    public async Task A_failure_is_not_cached()
    {
        var id = await StoreAsync(Pictures.Png(1));
        await Database.ExecuteAsync("REVOKE SELECT ON game_images FROM gameimages_public");
        Assert.That(() => images.FindAsync(new(id), withContent: true, default), Throws.TypeOf<PostgresException>());

        await Database.ExecuteAsync("GRANT SELECT ON game_images TO gameimages_public");
        Assert.That(await images.FindAsync(new(id), withContent: true, default), Is.Not.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Deleting_an_image_during_a_read_makes_the_next_read_fail(bool isKept)
    {
        var id = await StoreAsync(Pictures.Png(2, isKept ? 200_000 : 1_200_000));
        var image = (await images.FindAsync(new(id), withContent: true, default))!;
        await image.ReadAsync(0, 1000, default);
        await Database.ExecuteAsync("DELETE FROM game_images");

        Assert.That(async () => await image.ReadAsync(100_000, 1000, default), Throws.TypeOf<NotFoundException>());
    }

    [Test]
    public async Task The_metrics_count_hits_misses_and_evictions()
    {
        var measured = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) =>
                measured[instrument.Name] = value + (instrument is Counter<long> ? measured.GetValueOrDefault(instrument.Name) : 0));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.Start();

        // The cache has no room for all twelve images.
        foreach (var number in Enumerable.Range(0, 12))
        {
            var id = await StoreAsync(Pictures.Png(number, 900_000));
            for (var times = 0; times < 3; times++)
                _ = images.FindCached(new(id), out _) ?? await images.FindAsync(new(id), withContent: true, default);
        }

        listener.RecordObservableInstruments();
        Assert.Multiple(() =>
        {
            Assert.That(measured["gameimages.cache.hits"], Is.EqualTo(24));
            Assert.That(measured["gameimages.cache.misses"], Is.EqualTo(12));
            Assert.That(measured["gameimages.cache.images"], Is.EqualTo(9));
            Assert.That(measured["gameimages.cache.evictions"], Is.EqualTo(3));
        });
        Assert.That(measured["gameimages.cache.bytes"], Is.InRange(9 * 900_000, CacheBytes));
    }

    [Test]
    public async Task The_content_of_an_image_can_be_read_after_its_headers()
    {
        var bytes = Pictures.Png(1);
        var id = await StoreAsync(bytes);
        await images.FindAsync(new(id), withContent: false, default);

        Assert.That(images.FindCached(new(id), out _), Is.Null);
        var image = (await images.FindAsync(new(id), withContent: true, default))!;
        Assert.That((await image.ReadAsync(0, bytes.Length, default)).ToArray(), Is.EqualTo(bytes));
        Assert.That(images.FindCached(new(id), out var beginning), Is.SameAs(image));
        Assert.That(beginning.ToArray(), Is.EqualTo(bytes));
    }

    private Task<Guid> StoreAsync(byte[] bytes) => UseCases.SendAsync(new StoreImage(ImageContent.Read(bytes, new())));

    private static async Task<byte[]> ReadAsync(PublicImage image, int from)
    {
        var content = new List<byte>();
        while (from + content.Count < image.ByteLength)
            content.AddRange((await image.ReadAsync(from + content.Count, image.ByteLength - from - content.Count, default)).Span);

        return [.. content];
    }
}
