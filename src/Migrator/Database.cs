using GameImages.EmbeddedPostgres;
using GameImages.Operations;
using GameImages.Infrastructure.Schema;
using GameImages.Operations.Server;
using Npgsql;

namespace GameImages.Migrator;

/// <summary>The database that the commands work on: the one of the connection strings, or in development the embedded one.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly string? owner;
    private readonly string? administrator;
    private readonly EmbeddedServer? embedded;
    private readonly Lazy<OperatorDatabase> operators;

    private Database(string? owner, string? administrator, EmbeddedServer? embedded)
    {
        (this.owner, this.administrator, this.embedded) = (owner, administrator, embedded);
        operators = new(() => new OperatorDatabase(administrator ?? Owner));
    }

    /// <summary>Connects as the role that owns the schema.</summary>
    public string Owner =>
        owner ?? throw new UsageException("Set ConnectionStrings__Migrator to the database and the role that owns its schema.");

    /// <summary>Connects as somebody who may create databases and roles.</summary>
    public string Administrator =>
        administrator
        ?? throw new UsageException("Set ConnectionStrings__Administrator to the server and a role that may create databases and roles.");

    public SchemaMigrator Schema => new(Owner);

    public Doctor Doctor => new(owner, administrator, TimeProvider.System);

    /// <summary>As the administrator; as the owner of the schema where there is none, which is enough to look at pictures but not at games.</summary>
    public OperatorDatabase Operators => operators.Value;

    // What runs from a checkout is in development. A launch profile could say so too, but "dotnet run" announces it on standard output.
    private static bool IsDevelopment => Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 } environment
        ? environment == "Development"
        : DataFolder.IsCheckout;

    /// <exception cref="UsageException">There is no connection string, and this is not Development; or one is unreadable.</exception>
    public static async Task<Database> OpenAsync(CancellationToken ct)
    {
        var owner = ConnectionString("Migrator");
        var administrator = ConnectionString("Administrator");

        if (owner is not null || administrator is not null)
            return new(owner, administrator, null);

        if (!IsDevelopment)
            throw new UsageException("Set ConnectionStrings__Migrator to the database and the role that owns its schema.");

        var server = await EmbeddedServer.StartAsync(DataFolder.Default(), ct: ct);
        return new(server.ConnectionString(EmbeddedServer.Owner), server.ConnectionString(EmbeddedServer.Superuser), server);
    }

    /// <summary>Gives the roles the passwords that the environment has for them, if it has any.</summary>
    public async Task SetPasswordsAsync(CancellationToken ct)
    {
        foreach (var (role, name) in new[] { (Roles.App, "App"), (Roles.Public, "Public"), (Roles.Bot, "Bot") })
        {
            if (Environment.GetEnvironmentVariable($"Roles__{name}__Password") is { Length: > 0 } password)
                await Roles.SetPasswordAsync(administrator ?? Owner, role, password, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (operators.IsValueCreated)
            await operators.Value.DisposeAsync();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }

    private static string? ConnectionString(string name)
    {
        if (Environment.GetEnvironmentVariable($"ConnectionStrings__{name}") is not { Length: > 0 } text)
            return null;

        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is null
                ? throw new UsageException($"ConnectionStrings__{name} names no Host.")
                : text;
        }
        catch (ArgumentException)
        {
            // Its message may repeat the password.
            throw new UsageException(
                $"ConnectionStrings__{name} is no connection string of the form Host=…;Database=…;Username=…;Password=….");
        }
    }
}
