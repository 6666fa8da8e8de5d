using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>On a server of its own: roles belong to all the databases of a server.</summary>
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
        await ExecuteAsync($"DROP ROLE {Roles.App}, {Roles.Public}, {Roles.Bot}");
    }

    [TearDown]
    public async Task Stop_it()
    {
        await server.DisposeAsync();
        folder.Delete();
    }

    [Test]
    public async Task The_migration_creates_the_roles_that_are_missing_and_settings_give_them_passwords()
    {
        var owner = server.ConnectionString(EmbeddedServer.Owner);
        Assert.That(
            async () => await new SchemaMigrator(owner).MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));

        await ExecuteAsync($"ALTER ROLE {EmbeddedServer.Owner} CREATEROLE");
        await new SchemaMigrator(owner).MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None);
        await Roles.SetPasswordAsync(owner, Roles.App, "it's a 'secret'", CancellationToken.None);

        await using var app = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(owner)
            {
                Username = Roles.App,
                Password = "it's a 'secret'",
                Pooling = false,
            }.ConnectionString);
        await app.OpenAsync();
        Assert.That(await app.QuerySingleAsync<bool>("SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication FROM pg_roles WHERE rolname = current_user"), Is.False);
    }

    [TestCase("a plain password")]
    [TestCase("a pässwörd")]
    public async Task A_password_works_and_stands_in_no_log(string password)
    {
        await ExecuteAsync($"CREATE ROLE {Roles.App} LOGIN");
        await Roles.SetPasswordAsync(server.ConnectionString(EmbeddedServer.Superuser), Roles.App, password, CancellationToken.None);

        await using var app = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.ConnectionString(EmbeddedServer.Owner))
            {
                Username = Roles.App,
                Password = password,
                Pooling = false,
            }.ConnectionString);
        await app.OpenAsync();
        await using var superuser = new NpgsqlConnection($"{server.ConnectionString(EmbeddedServer.Superuser)};Pooling=false");
        await superuser.OpenAsync();
        var log = await superuser.QuerySingleAsync<string>("SELECT pg_read_file('../server.log')");
        Assert.That(log, Does.Contain($"ALTER ROLE {Roles.App} PASSWORD").And.Not.Contain(password));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{server.ConnectionString(EmbeddedServer.Superuser)};Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
