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
    public async Task A_read_only_server_causes_one_retry_on_another_connection_even_after_a_lost_race()
    {
        await database.ExecuteAsync(
            """
            CREATE SEQUENCE session;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                DECLARE before record;
                BEGIN
                    SELECT last_value, is_called INTO before FROM public.session;
                    IF NOT before.is_called THEN
                        PERFORM setval('public.session', pg_backend_pid());
                        RAISE 'lost' USING ERRCODE = 'serialization_failure';
                    ELSIF before.last_value = pg_backend_pid() THEN
                        RAISE 'read-only' USING ERRCODE = 'read_only_sql_transaction';
                    END IF;
                    RETURN NEW;
                END $$;
            CREATE TRIGGER fail BEFORE INSERT ON game_images FOR EACH ROW EXECUTE FUNCTION fail();
            """);

        await useCases.SendAsync(new StoreImage(Pictures.Content(1)));
        Assert.That(useCases.Retries, Is.EqualTo(2));
    }

    [Test]
    public async Task A_read_only_server_closes_the_connections_of_the_pool_at_most_once_a_second()
    {
        var time = new FakeTime();
        await using var writes = new UseCases(database, configure: services => services.AddSingleton<TimeProvider>(time));
        await database.ExecuteAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE '%', pg_backend_pid() USING ERRCODE = 'read_only_sql_transaction'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON game_images EXECUTE FUNCTION refuse();
            """);

        var first = await SessionAsync();
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.That(await SessionAsync(), Is.EqualTo(first));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await SessionAsync(), Is.Not.EqualTo(first));
        Assert.That(writes.Retries, Is.EqualTo(3));

        async Task<string> SessionAsync() =>
            (await Assert.ThrowsAsync<PostgresException>(() => writes.SendAsync(new StoreImage(Pictures.Content(1)))))!.MessageText;
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
