using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Variants;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>Workers claim the images that have no variants, the oldest first, and store all variants of an image or none.</summary>
public sealed class VariantBacklogTests : DatabaseTests
{
    private static readonly ImageVariants Two = Variants(160, 320);

    private VariantDatabase source = null!;
    private VariantBacklog backlog = null!;

    [SetUp]
    public void Create_the_backlog()
    {
        source = new(NpgsqlDataSource.Create($"{Database.ConnectionString(Roles.Variants)};Pooling=false"));
        backlog = new(source, new());
    }

    [TearDown]
    public ValueTask Disconnect() => source.Source.DisposeAsync();

    [Test]
    public async Task A_claimed_image_has_its_bytes_and_gets_its_variants()
    {
        var id = await StoreAsync(1);
        await using (var image = (await ClaimAsync())!)
        {
            Assert.Multiple(() =>
            {
                Assert.That(image.Id, Is.EqualTo(id));
                Assert.That(image.Format, Is.EqualTo(Pictures.Content(1).Format));
                Assert.That(image.Bytes.ToArray(), Is.EqualTo(Pictures.Content(1).Bytes.ToArray()));
                Assert.That(image.IsIntact);
            });
            Assert.That(await image.StoreAsync(Two, default));
        }

        Assert.That(await ClaimAsync(), Is.Null);
        Assert.That(
            await Database.QueryAsync<string>(
                "SELECT width || 'x' || height || ' ' || (content_hash = sha256(image_data)) FROM image_variants ORDER BY width"),
            Is.EqualTo(new[] { "160x90 true", "320x180 true" }));
        Assert.That(
            await Database.QueryAsync<string>(
                """
                SELECT shown_width || 'x' || shown_height || ' ' || encode(placeholder, 'hex') || ' ' || dominant_color FROM game_images
                """),
            Is.EqualTo(new[] { "640x360 0102030405 1193046" }));
    }

    [Test]
    public async Task Two_workers_claim_two_images_and_the_oldest_image_first()
    {
        Guid[] ids = [await StoreAsync(1), await StoreAsync(2)];
        await using var first = await ClaimAsync();
        await using var second = await ClaimAsync();
        await using var third = await ClaimAsync();

        Assert.Multiple(() =>
        {
            Assert.That(first!.Id, Is.EqualTo(ids[0]));
            Assert.That(second!.Id, Is.EqualTo(ids[1]));
            Assert.That(third, Is.Null);
        });
    }

    [Test]
    public async Task An_image_that_was_given_back_is_claimed_again()
    {
        await StoreAsync(1);
        await (await ClaimAsync())!.DisposeAsync();
        await using var again = await ClaimAsync();
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public async Task The_death_of_a_worker_releases_its_image()
    {
        await StoreAsync(1);
        await using var claimed = (await ClaimAsync())!;
        await Database.ExecuteAsync(
            $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '{Roles.Variants}'");

        await using var again = await ClaimAsync();
        Assert.That(again!.Id, Is.EqualTo(claimed.Id));
        Assert.That(await again.StoreAsync(Two, default));
    }

    // Without the lock on the row, both would insert the variants of one image.
    [Test]
    public async Task Of_two_workers_that_lost_and_took_the_same_claim_one_stores_the_variants()
    {
        await StoreAsync(1);
        await using var slow = (await ClaimAsync())!;
        await Database.ExecuteAsync("UPDATE game_images SET variants_made_at = now()");

        Assert.That(await slow.StoreAsync(Two, default), Is.False);
        Assert.That(await Database.QueryAsync<int>("SELECT width FROM image_variants"), Is.Empty);
    }

    [Test]
    public async Task An_image_that_is_deleted_meanwhile_gets_no_variants_and_does_not_wait_for_the_worker()
    {
        var id = await StoreAsync(1);
        await using var image = (await ClaimAsync())!;
        await UseCases.SendAsync(new ReleaseImage(id));

        Assert.That(await image.StoreAsync(Two, default), Is.False);
        Assert.That(await Database.QueryAsync<int>("SELECT width FROM image_variants"), Is.Empty);
    }

    [Test]
    public async Task Variants_are_deleted_with_their_image()
    {
        var id = await StoreAsync(1);
        await using (var image = (await ClaimAsync())!)
            await image.StoreAsync(Two, default);

        await UseCases.SendAsync(new ReleaseImage(id));
        Assert.That(await Database.QueryAsync<int>("SELECT width FROM image_variants"), Is.Empty);
    }

    [Test]
    public async Task A_refused_image_is_not_claimed_until_an_operator_says_so()
    {
        await StoreAsync(1);
        await using (var image = (await ClaimAsync())!)
            await image.RefuseAsync(new string('x', 2000), default);

        Assert.That(await ClaimAsync(), Is.Null);
        Assert.That(
            await Database.QueryAsync<string>("SELECT variants_refusal FROM game_images"), Is.EqualTo(new[] { new string('x', 1000) }));

        await Database.ExecuteAsync("UPDATE game_images SET variants_refusal = NULL");
        await using var again = await ClaimAsync();
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public async Task New_variants_replace_all_old_ones()
    {
        await StoreAsync(1);
        await using (var image = (await ClaimAsync())!)
            await image.StoreAsync(Two, default);

        await Database.ExecuteAsync("UPDATE game_images SET variants_made_at = NULL");
        await using (var image = (await ClaimAsync())!)
            await image.StoreAsync(Variants(640), default);

        Assert.That(await Database.QueryAsync<int>("SELECT width FROM image_variants"), Is.EqualTo(new[] { 640 }));
    }

    [Test]
    public async Task An_image_in_quarantine_is_not_decoded()
    {
        await StoreAsync(1);
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now()");
        Assert.That(await ClaimAsync(), Is.Null);
    }

    [Test]
    public async Task Damaged_bytes_are_noticed()
    {
        await StoreAsync(1);
        await Database.ExecuteAsync("UPDATE game_images SET image_data = set_byte(image_data, 50, 255 - get_byte(image_data, 50))");
        await using var image = (await ClaimAsync())!;
        Assert.That(image.IsIntact, Is.False);
    }

    [TestCase("SELECT count(*) FROM game_images")]
    [TestCase("SELECT count(*) FROM game_sessions")]
    [TestCase("SELECT count(*) FROM image_variants")]
    [TestCase("DELETE FROM image_variants")]
    [TestCase("INSERT INTO image_variants (image_id, width) VALUES (gen_random_uuid(), 160)")]
    [TestCase("UPDATE images_without_variants SET image_data = ''")]
    [TestCase("DELETE FROM images_without_variants")]
    public async Task The_worker_may_do_nothing_else(string sql)
    {
        await using var worker = await source.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, worker);
        Assert.That(
            () => command.ExecuteScalarAsync(),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [Test]
    public async Task The_worker_cannot_replace_the_variants_of_an_image_that_has_them()
    {
        var id = await StoreAsync(1);
        await using (var image = (await ClaimAsync())!)
            await image.StoreAsync(Two, default);

        await using var worker = await source.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT store_variants($1, 1, 1, '\\x0102030405', 0, ARRAY[1], ARRAY[1], ARRAY['x'::bytea])", worker)
        {
            Parameters = { new() { Value = id } },
        };
        Assert.That(await command.ExecuteScalarAsync(), Is.False);
        Assert.That(await Database.QueryAsync<int>("SELECT width FROM image_variants ORDER BY width"), Is.EqualTo(new[] { 160, 320 }));
    }

    [Test]
    public async Task A_game_says_how_its_images_look_as_soon_as_the_variants_are_stored()
    {
        var game = await UseCases.CreateGameAsync(Pictures.Content(1));
        await using (var image = (await ClaimAsync())!)
            await image.StoreAsync(Two, default);

        var shown = (await UseCases.SendAsync(new GetGame(game.Id))).Thumbnail!;
        var id = game.ThumbnailId!.Value;
        Assert.Multiple(() =>
        {
            Assert.That((shown.Width, shown.Height, shown.Placeholder), Is.EqualTo((640, 360, "AQIDBAU=")));
            Assert.That(shown.Variants, Is.EqualTo(new ShownVariant[]
            {
                new(160, 90, $"/api/v1/public/images/{id}/160.webp"),
                new(320, 180, $"/api/v1/public/images/{id}/320.webp"),
            }));
        });
    }

    private static ImageVariants Variants(params int[] widths) => new(
        new ImageSize(640, 360), new byte[] { 1, 2, 3, 4, 5 }, 0x123456,
        [.. widths.Select(width => new ImageVariant(new(width, width * 9 / 16), new byte[] { (byte)(width / 10) }))]);

    private Task<Guid> StoreAsync(int picture) => UseCases.SendAsync(new StoreImage(Pictures.Content(picture)));

    private Task<IClaimedImage?> ClaimAsync() => backlog.ClaimAsync(default);
}
