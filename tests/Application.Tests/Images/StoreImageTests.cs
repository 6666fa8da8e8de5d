using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Application.Tests.Images;

public sealed class StoreImageTests : UseCaseTests
{
    [Test]
    public async Task A_new_image_has_one_reference()
    {
        var content = Pictures.Content(1);
        var id = await UseCases.SendAsync(new StoreImage(content));

        var (bytes, mimeType, length, width, height, count) = await Database.SingleAsync<(byte[], string, int, int, int, int)>(
            "SELECT image_data, mime_type, byte_length, width, height, reference_count FROM game_images WHERE id = @id", new { id });

        Assert.Multiple(() =>
        {
            Assert.That(bytes, Is.EqualTo(content.Bytes.ToArray()));
            Assert.That(mimeType, Is.EqualTo("image/png"));
            Assert.That(length, Is.EqualTo(content.Bytes.Length));
            Assert.That(width, Is.EqualTo(2));
            Assert.That(height, Is.EqualTo(2));
            Assert.That(count, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Storing_a_duplicate_returns_the_same_id_and_counts_two_references()
    {
        var first = await UseCases.SendAsync(new StoreImage(Pictures.Content(2)));
        var second = await UseCases.SendAsync(new StoreImage(Pictures.Content(2)));

        Assert.That(second, Is.EqualTo(first));
        Assert.That(await CountAsync(first), Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_bytes_of_two_types_are_two_images()
    {
        var content = Pictures.Content(3);
        var png = await UseCases.SendAsync(new StoreImage(content));
        var gif = await UseCases.SendAsync(new StoreImage(content with { Format = ImageFormat.Gif }));

        Assert.That(gif, Is.Not.EqualTo(png));
        Assert.That(await CountAsync(png), Is.EqualTo(1));
        Assert.That(await CountAsync(gif), Is.EqualTo(1));
    }

    [Test]
    public async Task Fifty_concurrent_first_stores_create_one_image_with_fifty_references()
    {
        var content = Pictures.Content(4);

        // The lock lets all fifty stores see that there is no row yet, but lets none insert one. It is held until all fifty wait.
        await using var gate = await Database.OpenAsync();
        await using var closed = await gate.BeginTransactionAsync();
        await using (var close = new NpgsqlCommand("LOCK TABLE game_images IN SHARE MODE", gate, closed))
            await close.ExecuteNonQueryAsync();

        var stores = Enumerable.Range(0, 50).Select(_ => Task.Run(() => UseCases.SendAsync(new StoreImage(content)))).ToList();
        await Database.WaitForWaitersAsync(count: 50);
        await closed.CommitAsync();
        var ids = await Task.WhenAll(stores);

        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await CountAsync(ids[0]), Is.EqualTo(50));
        Assert.That(UseCases.Retries, Is.Zero);
    }

    [Test]
    public async Task The_bytes_of_a_stored_image_are_not_sent_to_the_database_again()
    {
        var content = ImageContent.Read(Pictures.Png(5, byteLength: 1024 * 1024), new ImageLimits());
        using (var first = new Traffic(Database))
        {
            await UseCases.SendAsync(new StoreImage(content));
            Assert.That(first.BytesSent, Is.GreaterThan(content.Bytes.Length));
        }

        using var second = new Traffic(Database);
        await UseCases.SendAsync(new StoreImage(content));
        Assert.That(second.BytesSent, Is.LessThan(10_000));
    }

    [Test]
    public async Task A_failed_insert_of_a_game_stores_and_counts_no_image()
    {
        var known = await UseCases.SendAsync(new StoreImage(Pictures.Content(6)));
        await Database.ExecuteAsync("ALTER TABLE game_sessions ADD CONSTRAINT closed CHECK (false) NOT VALID");

        Assert.That(
            async () => await UseCases.CreateGameAsync(Pictures.Content(6), Pictures.Content(7)),
            Throws.TypeOf<PostgresException>().With.Property("ConstraintName").EqualTo("closed"));
        Assert.That(await CountAsync(known), Is.EqualTo(1));
        Assert.That(
            await Database.SingleAsync<int>(
                "SELECT count(*)::int FROM game_images WHERE content_hash = @hash",
                new { hash = Pictures.Content(7).Hash.ToDigest() }),
            Is.Zero);
        await Database.ExecuteAsync("ALTER TABLE game_sessions DROP CONSTRAINT closed");
    }
}
