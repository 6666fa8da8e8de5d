using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator;

/// <summary>The database that the commands work on: the one of ConnectionStrings:Migrator, or in development the embedded one.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly EmbeddedServer? embedded;

    private Database(string connectionString, EmbeddedServer? embedded) => (this.connectionString, Schema, this.embedded) = (connectionString, new(connectionString), embedded);

    public SchemaMigrator Schema { get; }

    // What runs from a checkout is in development. A launch profile could say so too, but "dotnet run" announces it on standard output.
    private static bool IsDevelopment => Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 } environment
        ? environment == "Development"
        : DataFolder.IsCheckout;

    /// <exception cref="UsageException">There is no connection string, and this is not Development.</exception>
    public static async Task<Database> OpenAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable("ConnectionStrings__Migrator") is { Length: > 0 } connectionString)
            return new(connectionString, null);

        if (!IsDevelopment)
            throw new UsageException("Set ConnectionStrings__Migrator to the database and the role that owns its schema.");

        var server = await EmbeddedServer.StartAsync(DataFolder.Default(), ct: ct);
        return new(server.ConnectionString(EmbeddedServer.Owner), server);
    }

    /// <summary>Gives the roles the passwords that the environment has for them, if it has any.</summary>
    public async Task SetPasswordsAsync(CancellationToken ct)
    {
        foreach (var (role, name) in new[] { (Roles.App, "App"), (Roles.Public, "Public"), (Roles.Bot, "Bot") })
        {
            if (Environment.GetEnvironmentVariable($"Roles__{name}__Password") is { Length: > 0 } password)
                await Roles.SetPasswordAsync(connectionString, role, password, ct);
        }
    }

    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
