using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Operations.Images;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Operations.Tests.Images;

public sealed class ImagePurgeTests : PurgeTests
{
    [Test]
    public async Task An_image_is_removed_from_all_games_of_all_guilds_and_other_images_stay()
    {
        await using var neighbours = new UseCases(Database, new TestCaller(43));
        var both = await UseCases.CreateGameAsync(Purged, Purged);
        var one = await neighbours.CreateGameAsync(Purged, Other, guild: 43);
        var untouched = await UseCases.CreateGameAsync(Other);

        var plan = await Purge.PlanAsync(both.ThumbnailId!.Value, CancellationToken.None);
        var done = await Purge.RunAsync(plan.Hashes, block: false, null, CancellationToken.None);

        Assert.That((plan.Games, plan.Bytes, plan.Images), Is.EqualTo((2, Purged.Bytes.Length, done.Images)));
        Assert.That((done.Games, done.Images.Single().Id), Is.EqualTo((2, both.ThumbnailId)));
        Assert.That(
            await neighbours.SendAsync(new GetGame(one.Id)),
            Has.Property("ThumbnailId").Null.And.Property("BannerImageId").EqualTo(one.BannerImageId));
        Assert.That(
            await UseCases.SendAsync(new GetGame(both.Id)),
            Has.Property("BannerImageId").Null.And.Property("UpdatedAt").GreaterThan(both.UpdatedAt));
        Assert.That(await UseCases.SendAsync(new GetGame(untouched.Id)), Is.EqualTo(untouched));
    }

    [Test]
    public async Task An_image_is_taken_out_of_the_uploads_of_all_members_and_other_uploads_stay()
    {
        await using var neighbour = new UseCases(Database, new TestCaller(43) { Id = "8" });
        var image = (await UseCases.UploadAsync(Purged, UseCases.Guild)).Id;
        await neighbour.UploadAsync(Purged);
        var other = (await neighbour.UploadAsync(Other, 43)).Id;

        var plan = await Purge.PlanAsync(image, CancellationToken.None);
        var done = await Purge.RunAsync(plan.Hashes, block: true, null, CancellationToken.None);

        Assert.That((plan.Uploads, done.Uploads, done.Games), Is.EqualTo((2L, 2L, 0L)));
        Assert.That(await Database.QueryAsync<Guid>("SELECT image_id FROM image_uploads"), Is.EqualTo(new[] { other }));
        Assert.That(() => UseCases.UploadAsync(Purged), IsBlocked);
    }

    [Test]
    public async Task The_same_bytes_are_deleted_with_every_type()
    {
        await UseCases.CreateGameAsync(Purged, Purged with { Format = ImageFormat.Gif });

        Assert.That(
            (await PurgeAsync(Purged)).Images.Select(image => image.MimeType),
            Is.EqualTo(new[] { ImageFormat.Gif, ImageFormat.Png }));
    }

    [Test]
    public async Task A_purge_of_an_image_with_metadata_covers_the_image_without_it()
    {
        byte[] raw = [.. Purged.Bytes.Span, .. "with a comment"u8];
        var legacy = await UseCases.CreateGameAsync(Purged with { Bytes = raw, Hash = ContentHash.Of(raw) });
        var clean = await UseCases.CreateGameAsync(Purged);

        var plan = await Purge.PlanAsync(legacy.ThumbnailId!.Value, CancellationToken.None);
        var done = await Purge.RunAsync(plan.Hashes, block: true, null, CancellationToken.None);

        Assert.That(done.Images.Select(image => image.Id), Is.EquivalentTo(new[] { legacy.ThumbnailId, clean.ThumbnailId }));
        Assert.That(() => UseCases.CreateGameAsync(Purged), IsBlocked);
    }

    [Test]
    public async Task The_variants_of_an_image_are_deleted_with_it_and_those_of_other_images_stay()
    {
        await UseCases.CreateGameAsync(Purged, Other);
        await Database.ExecuteAsync(
            """
            SELECT store_variants(id, 2, 2, '\x0102030405', 0, ARRAY[160], ARRAY[160], ARRAY['\x01'::bytea]) FROM game_images
            """);
        await PurgeAsync(Purged);

        Assert.That(
            await Database.QueryAsync<byte[]>(
                "SELECT game_images.content_hash FROM image_variants JOIN game_images ON game_images.id = image_id"),
            Is.EqualTo(new[] { Other.Hash.ToDigest() }));
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM image_variants"), Is.EqualTo(1));
    }

    [TestCase("quarantined_at = now()")]
    [TestCase("byte_length = byte_length")]
    public async Task A_purge_of_a_damaged_image_does_not_block_the_image_that_its_bytes_show(string damage)
    {
        var game = await UseCases.CreateGameAsync(Purged);
        await Database.ExecuteAsync($"UPDATE game_images SET image_data = @bytes, {damage}", new { bytes = Other.Bytes.ToArray() });

        var plan = await Purge.PlanAsync(game.ThumbnailId!.Value, CancellationToken.None);
        await Purge.RunAsync(plan.Hashes, block: true, null, CancellationToken.None);

        Assert.That(await UseCases.CreateGameAsync(Other), Has.Property("ThumbnailId").Not.Null);
    }

    [Test]
    public async Task A_failed_purge_changes_nothing_and_blocks_nothing()
    {
        var game = await UseCases.CreateGameAsync(Purged);
        await Database.ExecuteAsync(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
            CREATE CONSTRAINT TRIGGER fail AFTER DELETE ON game_images DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail();
            """);

        Assert.That(() => PurgeAsync(Purged, block: true), Throws.TypeOf<PostgresException>());
        Assert.That(await UseCases.SendAsync(new GetGame(game.Id)), Is.EqualTo(game));
        Assert.That(await new BlockedHashes(Operators).ListAsync(CancellationToken.None), Is.Empty);
    }
}
