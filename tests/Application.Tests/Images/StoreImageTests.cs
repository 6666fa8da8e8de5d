using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Application.Tests.Images;

public sealed class StoreImageTests : UseCaseTests
{
    [Test]
    public async Task A_new_image_counts_one()
    {
        var content = Pictures.Content(1);
        var id = await UseCases.SendAsync(new StoreImage(content));

        var (bytes, mimeType, length, width, height, count) = await Database.SingleAsync<(byte[], string, int, int, int, int)>(
            "SELECT image_data, mime_type, byte_length, width, height, reference_count FROM game_images WHERE id = @id", new { id });

        Assert.Multiple(() =>
        {
            Assert.That(bytes, Is.EqualTo(content.Bytes.ToArray()));
            Assert.That((mimeType, length, width, height, count), Is.EqualTo(("image/png", content.Bytes.Length, 2, 2, 1)));
        });
    }

    [Test]
    public async Task A_duplicate_has_the_same_id_and_counts_two()
    {
        var first = await UseCases.SendAsync(new StoreImage(Pictures.Content(2)));
        var second = await UseCases.SendAsync(new StoreImage(Pictures.Content(2)));

        Assert.That(second, Is.EqualTo(first));
        Assert.That(await CountAsync(first), Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_bytes_under_two_types_are_two_rows()
    {
        var content = Pictures.Content(3);
        var png = await UseCases.SendAsync(new StoreImage(content));
        var gif = await UseCases.SendAsync(new StoreImage(content with { Format = ImageFormat.Gif }));

        Assert.That(gif, Is.Not.EqualTo(png));
        Assert.That((await CountAsync(png), await CountAsync(gif)), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Fifty_first_stores_at_once_make_one_row_that_counts_fifty()
    {
        var content = Pictures.Content(4);

        // Lets everybody find that there is no row, and nobody insert one, until all fifty have come so far.
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
    public async Task A_known_picture_is_not_sent_to_the_database_again()
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
    public async Task Pictures_of_a_game_that_cannot_be_written_are_neither_stored_nor_counted()
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
