using System.Net;
using System.Net.Http.Json;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.WebApi.Tests.Faults;

/// <summary>Faults that a server itself causes.</summary>
public sealed class ServerFaultTests : ServiceTests
{
    private string game = null!;

    [SetUp]
    public async Task Create_a_game() => game = $"/api/v1/games/{Text(await CreateAsync(), "id")}";

    [TestCase("statement_timeout", "57014")]
    [TestCase("lock_timeout", "55P03")]
    public async Task A_statement_over_its_time_limit_gets_503(string setting, string sqlState)
    {
        await SetAsync(setting, "100ms");
        await using (var other = await Database.OpenAsync(EmbeddedServer.Superuser))
        {
            await using var held = await other.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("SELECT FROM game_sessions FOR UPDATE", other);
            await hold.ExecuteNonQueryAsync();

            using var late = await PatchAsync();
            await AssertUnavailableAsync(late, sqlState);
        }

        await SetAsync(setting, "0");
        using var afterwards = await PatchAsync();
        Assert.That(afterwards.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_server_without_free_connections_gets_503()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} CONNECTION LIMIT 0");
        await EndSessionsAsync();
        using var refused = await Member.GetAsync(game);
        await AssertUnavailableAsync(refused, "53300");

        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} CONNECTION LIMIT -1");
        using var afterwards = await Member.GetAsync(game);
        Assert.That(afterwards.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_session_that_the_server_ended_is_replaced()
    {
        await EndSessionsAsync();
        using var change = await PatchAsync();
        Assert.That(change.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_session_that_was_idle_for_too_long_is_replaced()
    {
        await SetAsync("idle_session_timeout", "50ms");
        using var before = await Member.GetAsync(game);
        await Database.WaitUntilGoneAsync(Roles.App);
        await SetAsync("idle_session_timeout", "0");

        using var change = await PatchAsync();
        Assert.That(change.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    // The connection has a plan for the statement from its third use on.
    [Test]
    public async Task A_prepared_statement_survives_a_migration()
    {
        for (var use = 0; use < 4; use++)
        {
            using var before = await Member.GetAsync(game);
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await Database.ExecuteAsync("ALTER TABLE game_sessions ALTER COLUMN created_at TYPE timestamptz(3)");
        using var afterwards = await Member.GetAsync(game);
        await Database.ExecuteAsync("ALTER TABLE game_sessions ALTER COLUMN created_at TYPE timestamptz");

        Assert.That(afterwards.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("Password=wrong", "28P01")]
    [TestCase("Database=missing", "3D000")]
    [TestCase("Username=nobody", "28P01")]
    public async Task A_wrong_connection_string_gets_503(string wrong, string sqlState)
    {
        await using var service = new Service(
            Database, ("ConnectionStrings:GameImages", $"{Database.ConnectionString(Roles.App)};{wrong}"));
        using var client = service.CreateClient(Guild);
        using var response = await client.GetAsync(game);

        await ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        await service.Log.WaitAsync($"GET {game} failed with 503: PostgresException: {sqlState}");
    }

    [Test]
    public async Task A_database_that_was_renamed_gets_503_until_it_has_its_name_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        using var client = service.CreateClient(Guild);
        using var created = await client.PostAsync("/api/v1/games", Form());
        var path = created.Headers.Location!.PathAndQuery;

        await RenameAsync(database.Name, $"{database.Name}_away");
        using var refused = await client.GetAsync(path);
        await ProblemAsync(refused, HttpStatusCode.ServiceUnavailable);
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        await service.Log.WaitAsync($"GET {path} failed with 503: PostgresException: 3D000");

        await RenameAsync($"{database.Name}_away", database.Name);
        using var afterwards = await client.GetAsync(path);
        Assert.That(afterwards.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_full_disk_gets_503_until_it_has_space()
    {
        if (!TestServer.IsLocal || !Environment.IsPrivilegedProcess)
            Assert.Ignore("Only root can mount a small disk.");

        using var disk = await SmallDisk.MountAsync(await Database.SingleAsync<string>("SHOW data_directory"));
        await Database.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.Path}'");
        try
        {
            await Database.ExecuteAsync("ALTER TABLE game_images SET TABLESPACE small");
            using var first = await PutAsync(1);
            using var second = await PutAsync(2);
            await AssertUnavailableAsync(second, "53100", $"{game}/banner");
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK));

            await Database.ExecuteAsync("ALTER TABLE game_images SET TABLESPACE pg_default");
            using var afterwards = await PutAsync(2);
            Assert.That(afterwards.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        finally
        {
            await Database.ExecuteAsync("ALTER TABLE game_images SET TABLESPACE pg_default");
            await Database.ExecuteAsync("CHECKPOINT;");
            await Database.ExecuteAsync("DROP TABLESPACE small");
        }

        Task<HttpResponseMessage> PutAsync(int number) =>
            Member.PutAsync($"{game}/banner", new ByteArrayContent(Pictures.Png(number, 3_000_000)));
    }

    // A program that connects again at that moment prevents the renaming.
    private async Task RenameAsync(string from, string to)
    {
        var server = new NpgsqlConnectionStringBuilder(Database.ConnectionString(EmbeddedServer.Superuser)) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var disconnect = new NpgsqlCommand(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'", connection);
        await using var rename = new NpgsqlCommand($"ALTER DATABASE {from} RENAME TO {to}", connection);
        for (var isRenamed = false; !isRenamed;)
        {
            try
            {
                await disconnect.ExecuteNonQueryAsync();
                await rename.ExecuteNonQueryAsync();
                isRenamed = true;
            }
            catch (PostgresException used) when (used.SqlState == PostgresErrorCodes.ObjectInUse)
            {
            }
        }
    }

    private Task<HttpResponseMessage> PatchAsync() => Member.PatchAsync(game, JsonContent.Create(new { title = "Changed" }));

    private async Task AssertUnavailableAsync(HttpResponseMessage response, string sqlState, string? path = null)
    {
        await ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        await Service.Log.WaitAsync($"{response.RequestMessage!.Method} {path ?? game} failed with 503: PostgresException: {sqlState}");
    }

    // A setting applies to new sessions.
    private async Task SetAsync(string setting, string value)
    {
        await Database.ExecuteAsync($"ALTER ROLE {Roles.App} IN DATABASE {Database.Name} SET {setting} = '{value}'");
        await EndSessionsAsync();
    }

    private async Task EndSessionsAsync()
    {
        await Database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = @role",
            new { role = Roles.App });
        await Database.WaitUntilGoneAsync(Roles.App);
    }
}
