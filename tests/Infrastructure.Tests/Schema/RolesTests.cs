using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>Each test has its own server, because all databases of a server share the roles.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class RolesTests
{
    private readonly DataFolder folder = new(Directory.CreateTempSubdirectory("gameimages-tests.").FullName);
    private EmbeddedServer server = null!;

    [SetUp]
    public async Task Start_a_server_without_roles()
    {
        server = await EmbeddedServer.StartAsync(folder, "-c fsync=off -c log_statement=all");
        await ExecuteAsync($"DROP ROLE {Roles.App}, {Roles.Public}, {Roles.Bot}, {Roles.Variants}");
    }

    [TearDown]
    public async Task Stop_the_server()
    {
        await server.DisposeAsync();
        folder.Delete();
    }

    [Test]
    public async Task The_migration_creates_missing_roles_and_their_passwords_can_be_set()
    {
        var owner = server.ConnectionString(EmbeddedServer.Owner);
        Assert.That(
            async () => await new SchemaMigrator(owner).MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));

        await ExecuteAsync($"ALTER ROLE {EmbeddedServer.Owner} CREATEROLE");
        await new SchemaMigrator(owner).MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None);
        await Roles.SetPasswordAsync(owner, Roles.App, "it's a 'secret'", CancellationToken.None);

        await using var app = await ConnectAsync(Roles.App, "it's a 'secret'");
        Assert.That(
            await app.QuerySingleAsync<bool>(
                """
                SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
                FROM pg_roles WHERE rolname = current_user
                """),
            Is.False);
    }

    [TestCase("a plain password")]
    [TestCase("a pässwörd")]
    public async Task A_password_works_and_is_not_logged(string password)
    {
        await ExecuteAsync($"CREATE ROLE {Roles.App} LOGIN");
        await Roles.SetPasswordAsync(server.ConnectionString(EmbeddedServer.Superuser), Roles.App, password, CancellationToken.None);

        await using var app = await ConnectAsync(Roles.App, password);
        await using var superuser = new NpgsqlConnection($"{server.ConnectionString(EmbeddedServer.Superuser)};Pooling=false");
        await superuser.OpenAsync();
        var log = await superuser.QuerySingleAsync<string>("SELECT pg_read_file('../server.log')");
        Assert.That(log, Does.Contain($"ALTER ROLE {Roles.App} PASSWORD").And.Not.Contain(password));
    }

    private async Task<NpgsqlConnection> ConnectAsync(string role, string password)
    {
        var parts = new NpgsqlConnectionStringBuilder(server.ConnectionString(EmbeddedServer.Owner))
        {
            Username = role,
            Password = password,
            Pooling = false,
        };
        var connection = new NpgsqlConnection(parts.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{server.ConnectionString(EmbeddedServer.Superuser)};Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
