using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>Version 11 locks games and images while the service runs, and moving down from it ends all uploads.</summary>
[Category("Long")]
public sealed class UploadsMigrationTests
{
    private const string LockGame = "SELECT FROM game_sessions FOR UPDATE";
    private const string ChangeImage = "UPDATE game_images SET updated_at = clock_timestamp()";

    private TestDatabase database = null!;
    private SchemaMigrator schema = null!;

    [SetUp]
    public async Task Create_a_game_with_an_image_that_is_also_uploaded()
    {
        database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await useCases.CreateGameAsync(Pictures.Content(1));
        await useCases.UploadAsync(Pictures.Content(1));
        schema = new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner));
    }

    [TearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [TestCase(LockGame, ChangeImage)]
    [TestCase(ChangeImage, LockGame)]
    public async Task A_request_that_runs_during_the_move_can_finish(string first, string second)
    {
        foreach (var version in new[] { 10, 11 })
        {
            await using var connection = await database.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(first);
            var move = schema.MigrateAsync(version, CancellationToken.None);
            await database.WaitForWaitersAsync();
            await connection.ExecuteAsync(second);
            await transaction.CommitAsync();
            await move;
        }

        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task An_image_that_a_game_shows_stays_even_if_its_count_is_too_low()
    {
        await database.ExecuteAsync("UPDATE game_images SET reference_count = 1");
        await schema.MigrateAsync(10, CancellationToken.None);

        Assert.That(
            await database.SingleAsync<int>("SELECT reference_count FROM game_images JOIN game_sessions ON thumbnail_id = game_images.id"),
            Is.Zero);
    }
}
