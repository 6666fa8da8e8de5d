using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator;

/// <summary>The database that the commands work on: the one of ConnectionStrings:Migrator, or in Development the embedded one.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly EmbeddedServer? embedded;

    private Database(string connectionString, EmbeddedServer? embedded) => (Schema, this.embedded) = (new(connectionString), embedded);

    public SchemaMigrator Schema { get; }

    /// <exception cref="UsageException">There is no connection string, and this is not Development.</exception>
    public static async Task<Database> OpenAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable("ConnectionStrings__Migrator") is { Length: > 0 } connectionString)
            return new(connectionString, null);

        if (Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") != "Development")
            throw new UsageException("Set ConnectionStrings__Migrator to the database and the role that owns its schema.");

        var server = await EmbeddedServer.StartAsync(DataFolder.Default(), ct: ct);
        return new(server.ConnectionString(EmbeddedServer.Owner), server);
    }

    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
