using Dapper;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

public sealed class RepairDuringWritesTests
{
    private const int Rounds = 12;

    private TestDatabase database = null!;
    private string undo = "";

    [SetUp]
    public async Task Create_a_database()
    {
        database = await TestDatabase.CreateAsync();
        undo = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;
    }

    [TearDown]
    public async Task Drop_the_database()
    {
        Directory.Delete(undo, recursive: true);
        await database.DisposeAsync();
    }

    [Test]
    public async Task Damage_is_repaired_during_writes_and_no_confirmed_write_is_lost()
    {
        await using var storm = new Storm(database);

        for (var round = 0; round < Rounds; round++)
        {
            await PlantAsync(Storm.Contents[round % Storm.Contents.Length], new Random(round));
            var before = storm.Writes;
            await RepairAsync(round);
            Assert.That(storm.Writes, Is.GreaterThan(before));
        }

        await storm.StopAsync(database);
        await RepairAsync(Rounds);
        var (exitCode, output, _) = await CommandLine.RunAsync(database, "verify");
        Assert.That(exitCode, Is.Zero, output);
        TestContext.Out.WriteLine(
            $"{Directory.EnumerateFiles(undo).Sum(file => File.ReadLines(file).Count())} changes during {storm.Writes} writes.");
    }

    // Damage that does not break a member's next request. A count that is too low would, because the service deletes the image too early.
    private async Task PlantAsync(ImageContent content, Random random)
    {
        await using var connection = await database.OpenAsync();
        var hash = content.Hash.ToDigest();

        // An image without references, which a concurrent request may use at this moment, and an image with a count that is too high.
        await connection.ExecuteAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height, created_at, updated_at)
            VALUES (@hash, 'image/png', @bytes, octet_length(@bytes), @Width, @Height, now() - interval '1 day', now() - interval '1 day')
            ON CONFLICT DO NOTHING
            """,
            new
            {
                hash,
                bytes = content.Bytes.ToArray(),
                content.Size.Width,
                content.Size.Height,
            });
        await connection.ExecuteAsync(
            "UPDATE game_images SET reference_count = reference_count + 3 WHERE content_hash = @hash",
            new { hash });

        var damaged = Storm.Contents[random.Next(Storm.Contents.Length)].Hash.ToDigest();
        await connection.ExecuteAsync(
            "UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 60), width = 1 WHERE content_hash = @damaged",
            new { damaged });

        await connection.ExecuteAsync(
            "UPDATE game_images SET height = 1 WHERE content_hash = @hash",
            new { hash = Storm.Contents[random.Next(Storm.Contents.Length)].Hash.ToDigest() });
        await connection.ExecuteAsync("SET session_replication_role = replica");
        await connection.ExecuteAsync(
            "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id) VALUES (42, 5, 7, "
            + "'dangling', now(), gen_random_uuid())");
        await connection.ExecuteAsync("RESET session_replication_role");
    }

    private async Task RepairAsync(int round)
    {
        // Starting a new process takes long enough for concurrent writes.
        var (exitCode, output, error) = await CommandLine.EndOfAsync(CommandLine.Start(
            CommandLine.Environment(database), "repair", "--apply", "--grace", "0s", "--undo", Path.Combine(undo, $"{round}.sql")));
        Assert.That(exitCode, Is.Zero, $"{output}\n{error}");
    }
}
