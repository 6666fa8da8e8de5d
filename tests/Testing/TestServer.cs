using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Testing;

/// <summary>One PostgreSQL for all the tests of a process, in a folder of its own, with an empty template of each schema version.</summary>
public static class TestServer
{
    // What a crash of the machine would do to a test's data does not matter, so nothing waits for the disk.
    private const string Settings = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400";

    private static readonly DataFolder Folder = new(Directory.CreateTempSubdirectory("gameimages-tests.").FullName);
    private static readonly Lazy<Task<EmbeddedServer>> Server = new(() => EmbeddedServer.StartAsync(Folder, Settings));
    private static readonly Lazy<Task<string>>[] Templates = [.. Enumerable.Range(0, SchemaMigrator.LatestVersion + 1).Select(version => new Lazy<Task<string>>(() => CreateTemplateAsync(version)))];

    /// <summary>Stops the server and removes its folder; once, when the last test of the process has run.</summary>
    public static async Task StopAsync()
    {
        if (Server.IsValueCreated)
            await (await Server.Value).DisposeAsync();

        Folder.Delete();
    }

    internal static async Task<string> CreateDatabaseAsync(int schemaVersion)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {await Templates[schemaVersion].Value} OWNER {EmbeddedServer.Owner}");
        return name;
    }

    internal static Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    internal static Task<EmbeddedServer> GetAsync() => Server.Value;

    private static async Task<string> CreateTemplateAsync(int schemaVersion)
    {
        var name = $"template_{schemaVersion}";
        await ExecuteAsync($"CREATE DATABASE {name} OWNER {EmbeddedServer.Owner}");

        // Without a pool: a template cannot be cloned while somebody is connected to it.
        await new SchemaMigrator($"{(await Server.Value).ConnectionString(EmbeddedServer.Owner, name)};Pooling=false").MigrateAsync(schemaVersion, CancellationToken.None);
        return name;
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create((await Server.Value).ConnectionString(EmbeddedServer.Superuser, "postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
