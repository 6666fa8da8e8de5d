using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Testing;

/// <summary>The PostgreSQL server of all tests of a process, with an empty template database for each schema version.</summary>
public static class TestServer
{
    /// <summary>Chooses the server: "embedded" (the default) or "container".</summary>
    internal const string Variable = "GAMEIMAGES_TEST_SERVER";

    // The data of tests need not survive a crash of the machine, so the server never waits for the disk.
    private const string Settings = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400";

    /// <summary>Whether the server runs on this machine. Then a test can send signals to its processes.</summary>
    public static bool IsLocal => Environment.GetEnvironmentVariable(Variable) != "container";

    private static readonly Lazy<Task<ITestServer>> Server = new(StartChosenAsync);
    private static readonly Lazy<Task<Template>>[] Templates =
    [
        .. Enumerable
            .Range(0, SchemaMigrator.LatestVersion + 1)
            .Select(version => new Lazy<Task<Template>>(() => CreateTemplateAsync(version))),
    ];

    /// <summary>Starts the server before the first test of the process. If it cannot start, the run reports that once.</summary>
    /// <exception cref="TestServerException">The variable has an invalid value, or no Docker engine responds.</exception>
    public static Task StartAsync() => Server.Value;

    /// <summary>Stops the server after the last test of the process, and deletes its data.</summary>
    public static async Task StopAsync()
    {
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await Server.Value).DisposeAsync();
    }

    /// <returns>The name of a new database, and the fingerprint of its schema.</returns>
    internal static async Task<(string Name, string Schema)> CreateDatabaseAsync(int schemaVersion)
    {
        var template = await Templates[schemaVersion].Value;
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template.Name} OWNER {EmbeddedServer.Owner}");
        return (name, template.Schema);
    }

    internal static Task DropDatabaseAsync(string name) => ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    internal static Task<ITestServer> GetAsync() => Server.Value;

    private static Task<ITestServer> StartChosenAsync() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "embedded" => EmbeddedTestServer.StartAsync(Settings),
        "container" => ContainerTestServer.StartAsync(Settings),
        var other => throw new TestServerException($"{Variable} is \"{other}\". Set it to \"embedded\" or \"container\"."),
    };

    private static async Task<Template> CreateTemplateAsync(int schemaVersion)
    {
        var name = $"template_{schemaVersion}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} OWNER {EmbeddedServer.Owner}");

        // PostgreSQL cannot copy a template while a connection to it is open, so this uses no pool.
        var server = await Server.Value;
        var migrator = new SchemaMigrator($"{server.ConnectionString(EmbeddedServer.Owner, name)};Pooling=false");
        await migrator.MigrateAsync(schemaVersion, CancellationToken.None);
        return new(name, (string)(await ExecuteAsync(name, SchemaFingerprint.Sql))!);
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(
            $"{(await Server.Value).ConnectionString(EmbeddedServer.Superuser, database)};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private sealed record Template(string Name, string Schema);
}
