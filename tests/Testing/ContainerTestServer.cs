using System.Security.Cryptography;
using DotNet.Testcontainers.Builders;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Npgsql;
using Testcontainers.PostgreSql;

namespace GameImages.Testing;

/// <summary>The official PostgreSQL image in a container, set up like the embedded server.</summary>
internal sealed class ContainerTestServer : ITestServer
{
    private const string TagVariable = "GAMEIMAGES_TEST_POSTGRES";
    private const string DefaultTag = "18";

    private static readonly string[] AllRoles = [Roles.Owner, Roles.App, Roles.Public, Roles.Bot, Roles.Variants];

    private readonly PostgreSqlContainer container;
    private readonly string password;

    private ContainerTestServer(PostgreSqlContainer container, string password)
    {
        this.container = container;
        this.password = password;
    }

    /// <exception cref="TestServerException">No Docker engine responds.</exception>
    public static async Task<ITestServer> StartAsync(string settings)
    {
        var tag = Environment.GetEnvironmentVariable(TagVariable) is { Length: > 0 } set ? set : DefaultTag;
        var password = RandomNumberGenerator.GetHexString(32);

        try
        {
            var container = new PostgreSqlBuilder($"postgres:{tag}")
                .WithUsername(EmbeddedServer.Superuser)
                .WithPassword(password)
                .WithEnvironment("POSTGRES_INITDB_ARGS", "-A scram-sha-256 -E UTF8 --no-locale")
                .WithCommand(settings.Split(' '))
                .Build();
            await container.StartAsync();

            var server = new ContainerTestServer(container, password);
            await server.CreateRolesAsync();
            return server;
        }
        catch (DockerUnavailableException)
        {
            throw new TestServerException(
                $"{TestServer.Variable}=container needs a Docker engine, but none responds. "
                    + "Start one, set DOCKER_HOST, or unset the variable.");
        }
    }

    public string ConnectionString(string role, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = container.Hostname,
        Port = container.GetMappedPublicPort(PostgreSqlBuilder.PostgreSqlPort),
        Database = database,
        Username = role,
        Password = password,
    }.ConnectionString;

    public ValueTask DisposeAsync() => container.DisposeAsync();

    // EmbeddedServer runs the same statements. Tests compare the privileges of each role, so both must agree.
    private async Task CreateRolesAsync()
    {
        var roles = AllRoles.Select(role => $"CREATE ROLE {role} LOGIN PASSWORD '{password}';");
        await ExecuteAsync("postgres", $"REVOKE ALL ON DATABASE postgres FROM PUBLIC; {string.Join(' ', roles)}");
        await ExecuteAsync(
            "template1",
            "REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC");
    }

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString(EmbeddedServer.Superuser, database)};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
