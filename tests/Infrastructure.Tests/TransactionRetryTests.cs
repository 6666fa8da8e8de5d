using GameImages.Application;
using GameImages.Application.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Infrastructure.Tests;

public sealed class TransactionRetryTests
{
    private TestDatabase database = null!;
    private UseCases useCases = null!;

    [SetUp]
    public async Task Create_the_database()
    {
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database, configure: services => services.AddSingleton<TimeProvider>(new ImmediateTime()));
    }

    [TearDown]
    public async Task Drop_the_database()
    {
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task A_connection_lost_before_the_commit_causes_one_retry()
    {
        var id = await useCases.SendAsync(new StoreImage(Pictures.Content(1)));
        await using var holder = await database.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, "SELECT FROM game_images FOR UPDATE");

        var store = useCases.SendAsync(new StoreImage(Pictures.Content(1)));
        var victim = (await database.WaitForWaitersAsync()).Single();
        await database.ExecuteAsync("SELECT pg_terminate_backend(@victim)", new { victim });
        await database.WaitForWaitersAsync(except: victim);
        await held.CommitAsync();

        Assert.That(await store, Is.EqualTo(id));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(2));
        Assert.That(useCases.Retries, Is.EqualTo(1));
    }

    [Test]
    public async Task A_deadlock_causes_one_retry_of_its_victim()
    {
        var game = await useCases.CreateGameAsync(Pictures.Content(1), Pictures.Content(2));

        // This connection waits too long to find the deadlock itself, so PostgreSQL rolls back the use case.
        await using var other = await database.OpenAsync(EmbeddedServer.Superuser);
        await ExecuteAsync(other, "SET deadlock_timeout = '1min'");
        await using var transaction = await other.BeginTransactionAsync();
        await ExecuteAsync(other, "SELECT FROM game_images ORDER BY content_hash DESC LIMIT 1 FOR UPDATE");
        var clone = useCases.SendAsync(new Application.Games.CloneGame(game.Id));
        await database.WaitForWaitersAsync();
        await ExecuteAsync(other, "SELECT FROM game_images ORDER BY content_hash LIMIT 1 FOR UPDATE");
        await transaction.CommitAsync();
        await clone;

        Assert.That(await database.QueryAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(new[] { 2, 2 }));
        Assert.That(useCases.Retries, Is.EqualTo(1));
    }

    [Test]
    public async Task A_race_that_is_lost_every_time_is_retried_six_times()
    {
        await database.ExecuteAsync(
            """
            CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE 'lost' USING ERRCODE = 'serialization_failure'; END $$;
            CREATE TRIGGER lose BEFORE INSERT ON game_images EXECUTE FUNCTION lose();
            """);

        Assert.That(
            async () => await useCases.SendAsync(new StoreImage(Pictures.Content(1))),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.SerializationFailure));
        Assert.That(useCases.Retries, Is.EqualTo(6));
    }

    [Test]
    public async Task A_connection_lost_during_the_commit_is_not_retried()
    {
        await database.ExecuteAsync(
            """
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON game_images DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION cut();
            """);

        Assert.That(async () => await useCases.SendAsync(new StoreImage(Pictures.Content(1))), Throws.TypeOf<OutcomeUnknownException>());
        Assert.That(useCases.Retries, Is.Zero);
        Assert.That(await database.QueryAsync<Guid>("SELECT id FROM game_images"), Is.Empty);
    }

    [Test]
    public async Task A_statement_that_does_not_fit_the_schema_is_not_retried()
    {
        await database.ExecuteAsync("ALTER TABLE game_images RENAME TO elsewhere");

        Assert.That(
            async () => await useCases.SendAsync(new StoreImage(Pictures.Content(1))),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.UndefinedTable));
        Assert.That(useCases.Retries, Is.Zero);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
