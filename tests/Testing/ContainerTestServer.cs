using System.Security.Cryptography;
using DotNet.Testcontainers.Builders;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Npgsql;
using Testcontainers.PostgreSql;

namespace GameImages.Testing;

/// <summary>PostgreSQL's official image in a container. It is set up like the embedded server.</summary>
internal sealed class ContainerTestServer : ITestServer
{
    private const string TagVariable = "GAMEIMAGES_TEST_POSTGRES";
    private const string DefaultTag = "18";

    private static readonly string[] AllRoles = [Roles.Owner, Roles.App, Roles.Public, Roles.Bot];

    private readonly PostgreSqlContainer container;
    private readonly string password;

    private ContainerTestServer(PostgreSqlContainer container, string password) => (this.container, this.password) = (container, password);

    /// <exception cref="TestServerException">No Docker engine answers.</exception>
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
                $"{TestServer.Variable}=container needs a Docker engine, and none answers: start one, set DOCKER_HOST, or unset the variable.");
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

    // The same as EmbeddedServer does: tests compare the privileges of each role.
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
