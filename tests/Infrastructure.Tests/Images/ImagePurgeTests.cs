using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class ImagePurgeTests : PurgeTests
{
    [Test]
    public async Task A_purge_deletes_the_image_in_all_guilds_and_nothing_else()
    {
        await using var neighbours = new UseCases(Database, new TestCaller(43));
        var both = await UseCases.CreateGameAsync(Purged, Purged);
        var one = await neighbours.CreateGameAsync(Purged, Other, guild: 43);
        var untouched = await UseCases.CreateGameAsync(Other);

        var plan = await Purge.PlanAsync(both.ThumbnailId!.Value, CancellationToken.None);
        var done = await Purge.RunAsync(plan.Hashes, block: false, null, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Games, Is.EqualTo(2));
            Assert.That(plan.Bytes, Is.EqualTo(Purged.Bytes.Length));
            Assert.That(plan.Images, Is.EqualTo(done.Images));
            Assert.That(done.Games, Is.EqualTo(2));
            Assert.That(done.Images.Single().Id, Is.EqualTo(both.ThumbnailId));
        });
        Assert.That(
            await neighbours.SendAsync(new GetGame(one.Id)),
            Has.Property("ThumbnailId").Null.And.Property("BannerImageId").EqualTo(one.BannerImageId));
        Assert.That(
            await UseCases.SendAsync(new GetGame(both.Id)),
            Has.Property("BannerImageId").Null.And.Property("UpdatedAt").GreaterThan(both.UpdatedAt));
        Assert.That(await UseCases.SendAsync(new GetGame(untouched.Id)), Is.EqualTo(untouched));
    }

    [Test]
    public async Task The_same_bytes_are_purged_with_every_type()
    {
        await UseCases.CreateGameAsync(Purged, Purged with { Format = ImageFormat.Gif });

        Assert.That(
            (await PurgeAsync(Purged)).Images.Select(image => image.MimeType),
            Is.EqualTo(new[] { ImageFormat.Gif, ImageFormat.Png }));
    }

    [Test]
    public async Task Blocking_an_image_with_metadata_also_blocks_and_deletes_its_cleaned_copy()
    {
        byte[] raw = [.. Purged.Bytes.Span, .. "with a comment"u8];
        var legacy = await UseCases.CreateGameAsync(Purged with { Bytes = raw, Hash = ContentHash.Of(raw) });
        var clean = await UseCases.CreateGameAsync(Purged);

        var plan = await Purge.PlanAsync(legacy.ThumbnailId!.Value, CancellationToken.None);
        var done = await Purge.RunAsync(plan.Hashes, block: true, null, CancellationToken.None);

        Assert.That(done.Images.Select(image => image.Id), Is.EquivalentTo(new[] { legacy.ThumbnailId, clean.ThumbnailId }));
        Assert.That(() => UseCases.CreateGameAsync(Purged), IsBlocked);
    }

    [TestCase("quarantined_at = now()")]
    [TestCase("byte_length = byte_length")]
    public async Task Purging_a_damaged_image_does_not_block_the_image_of_its_current_bytes(string damage)
    {
        var game = await UseCases.CreateGameAsync(Purged);
        await Database.ExecuteAsync($"UPDATE game_images SET image_data = @bytes, {damage}", new { bytes = Other.Bytes.ToArray() });

        var plan = await Purge.PlanAsync(game.ThumbnailId!.Value, CancellationToken.None);
        await Purge.RunAsync(plan.Hashes, block: true, null, CancellationToken.None);

        Assert.That(await UseCases.CreateGameAsync(Other), Has.Property("ThumbnailId").Not.Null);
    }

    [Test]
    public async Task A_failed_purge_changes_and_blocks_nothing()
    {
        var game = await UseCases.CreateGameAsync(Purged);
        await Database.ExecuteAsync(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
            CREATE CONSTRAINT TRIGGER fail AFTER DELETE ON game_images DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            """);

        Assert.That(() => PurgeAsync(Purged, block: true), Throws.TypeOf<PostgresException>());
        Assert.That(await UseCases.SendAsync(new GetGame(game.Id)), Is.EqualTo(game));
        Assert.That(await new BlockedHashes(Operators).ListAsync(CancellationToken.None), Is.Empty);
    }
}
