using Dapper;
using GameImages.Application;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Operations.Images;
using GameImages.Testing;

namespace GameImages.Operations.Tests.Images;

/// <summary>Operators see which images wait for variants, and have variants made again.</summary>
public sealed class OperatorVariantsTests : DatabaseTests
{
    private OperatorDatabase operators = null!;
    private OperatorVariants variants = null!;

    [SetUp]
    public void Connect()
    {
        operators = new OperatorDatabase(Database.ConnectionString(EmbeddedServer.Superuser));
        variants = new OperatorVariants(operators);
    }

    [TearDown]
    public ValueTask Disconnect() => operators.DisposeAsync();

    [Test]
    public async Task Without_images_nothing_waits()
    {
        var overview = await variants.ReadAsync(10, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(overview.Waiting, Is.Zero);
            Assert.That(overview.WaitingSince, Is.Null);
            Assert.That(overview.Refused, Is.Empty);
        });
    }

    [Test]
    public async Task Waiting_made_and_refused_images_are_counted()
    {
        var waiting = await StoreAsync(1);
        await MakeAsync(await StoreAsync(2));
        await RefuseAsync(await StoreAsync(3), "first");
        await RefuseAsync(await StoreAsync(4), "second");
        var stored = await Database.SingleAsync<DateTime>("SELECT created_at FROM game_images WHERE id = @waiting", new { waiting });

        var overview = await variants.ReadAsync(1, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(overview.Waiting, Is.EqualTo(1));
            Assert.That(overview.WaitingSince, Is.EqualTo(stored));
            Assert.That(overview.Made, Is.EqualTo(1));
            Assert.That(overview.Variants, Is.EqualTo(2));
            Assert.That(overview.Bytes, Is.EqualTo(3));
            Assert.That(overview.TotalRefused, Is.EqualTo(2));
            Assert.That(overview.Refused.Select(image => image.Reason), Is.EqualTo(new[] { "first" }));
        });
    }

    [Test]
    public async Task A_retried_image_waits_again_and_other_refused_images_do_not()
    {
        var retried = await StoreAsync(1);
        var other = await StoreAsync(2);
        await RefuseAsync(retried, "broken");
        await RefuseAsync(other, "broken");

        Assert.That(await variants.RetryAsync(retried, CancellationToken.None), Is.EqualTo(1));
        Assert.That(await WaitingAsync(), Is.EqualTo(new[] { retried }));
    }

    [Test]
    public async Task All_refused_images_are_retried_and_made_variants_stay()
    {
        var refused = await StoreAsync(1);
        await RefuseAsync(refused, "broken");
        await MakeAsync(await StoreAsync(2));

        Assert.That(await variants.RetryAsync(null, CancellationToken.None), Is.EqualTo(1));
        Assert.That(await WaitingAsync(), Is.EqualTo(new[] { refused }));
    }

    [Test]
    public async Task An_image_that_was_not_refused_cannot_be_retried()
    {
        var waiting = await StoreAsync(1);

        Assert.That(() => variants.RetryAsync(waiting, CancellationToken.None), Throws.TypeOf<NotFoundException>());
        Assert.That(() => variants.RetryAsync(Guid.NewGuid(), CancellationToken.None), Throws.TypeOf<NotFoundException>());
        Assert.That(await variants.RetryAsync(null, CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task A_rebuilt_image_waits_and_keeps_its_variants_until_the_worker_replaces_them()
    {
        var image = await StoreAsync(1);
        await MakeAsync(image);

        Assert.That(await variants.RebuildAsync(image, CancellationToken.None), Is.EqualTo(1));
        Assert.That(await WaitingAsync(), Is.EqualTo(new[] { image }));
        Assert.That(await WidthsAsync(), Is.EqualTo(new[] { 1, 2 }));

        await MakeAsync(image, 1);
        Assert.That(await WaitingAsync(), Is.Empty);
        Assert.That(await WidthsAsync(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task An_image_that_waits_or_does_not_exist_cannot_be_rebuilt()
    {
        var waiting = await StoreAsync(1);

        Assert.That(() => variants.RebuildAsync(waiting, CancellationToken.None), Throws.TypeOf<NotFoundException>());
        Assert.That(() => variants.RebuildAsync(Guid.NewGuid(), CancellationToken.None), Throws.TypeOf<NotFoundException>());
    }

    [Test]
    public async Task All_images_are_rebuilt_in_several_batches()
    {
        await Database.ExecuteAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, variants_made_at)
            SELECT sha256(number::text::bytea), 'image/png', 'x', 1, now() FROM generate_series(1, 501) AS number
            """);

        Assert.That(await variants.RebuildAsync(null, CancellationToken.None), Is.EqualTo(501));
        Assert.That((await WaitingAsync()).Count, Is.EqualTo(501));
    }

    [Test]
    public async Task An_image_that_another_session_has_locked_is_rebuilt_last()
    {
        var locked = await StoreAsync(1);
        var free = await StoreAsync(2);
        await MakeAsync(locked);
        await MakeAsync(free);
        await using var connection = await Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SELECT FROM game_images WHERE id = @locked FOR UPDATE", new { locked });

        var rebuild = variants.RebuildAsync(null, CancellationToken.None);
        await Database.WaitForWaitersAsync();
        Assert.That(await WaitingAsync(), Is.EqualTo(new[] { free }));

        await transaction.CommitAsync();
        Assert.That(await rebuild, Is.EqualTo(2));
        Assert.That(await WaitingAsync(), Is.EquivalentTo(new[] { locked, free }));
    }

    [Test]
    public async Task A_retry_notifies_the_workers()
    {
        await RefuseAsync(await StoreAsync(1), "broken");
        await using var worker = await Database.OpenAsync(Roles.Variants);
        await worker.ExecuteAsync("LISTEN image_variants");
        var channels = new List<string>();
        worker.Notification += (_, notification) => channels.Add(notification.Channel);

        await variants.RetryAsync(null, CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await worker.WaitAsync(patience.Token);

        Assert.That(channels, Is.EqualTo(new[] { "image_variants" }));
    }

    private async Task<Guid> StoreAsync(int number) => (await UseCases.CreateGameAsync(Pictures.Content(number))).ThumbnailId!.Value;

    // Stores a variant of one byte for the width 1, and of two bytes for the width 2.
    private Task MakeAsync(Guid image, params int[] widths) => Database.ExecuteAsync(
        """
        SELECT store_variants(@image, 2, 2, '\x0102030405', 0, @widths, @widths,
            ARRAY(SELECT decode(repeat('00', width), 'hex') FROM unnest(@widths) AS width))
        """,
        new { image, widths = widths.Length == 0 ? [1, 2] : widths });

    private Task RefuseAsync(Guid image, string reason) =>
        Database.ExecuteAsync("SELECT refuse_variants(@image, @reason)", new { image, reason });

    private Task<List<Guid>> WaitingAsync() => Database.QueryAsync<Guid>("SELECT id FROM images_without_variants ORDER BY created_at");

    private Task<List<int>> WidthsAsync() => Database.QueryAsync<int>("SELECT width FROM image_variants ORDER BY width");
}
