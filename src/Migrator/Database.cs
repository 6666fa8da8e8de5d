using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;
using GameImages.Operations;
using GameImages.Operations.Schema;
using GameImages.Operations.Server;

namespace GameImages.Migrator;

/// <summary>The database of the commands: the one that the connection strings name, or in development the embedded one.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly string? owner;
    private readonly string? administrator;
    private readonly EmbeddedServer? embedded;
    private readonly Lazy<OperatorDatabase> operators;

    private Database(string? owner, string? administrator, EmbeddedServer? embedded)
    {
        this.owner = owner;
        this.administrator = administrator;
        this.embedded = embedded;
        operators = new(() => new OperatorDatabase(administrator ?? Owner));
    }

    /// <summary>Connects as the administrator.</summary>
    public string Administrator => administrator ?? throw new UsageException(
        "Set ConnectionStrings__Administrator to the server and a role that may create databases and roles.");

    /// <summary>Connects as the administrator, or as the owner of the schema if no administrator is set.</summary>
    public string AdministratorOrOwner => administrator ?? Owner;

    public SchemaMigrator Schema => new(Owner);

    public SchemaMover Mover => new(Schema);

    public Doctor Doctor => new(owner, administrator, TimeProvider.System);

    /// <summary>
    /// Connects as the administrator, or as the owner of the schema if no administrator is set. The owner can read images, but not games.
    /// </summary>
    public OperatorDatabase Operators => operators.Value;

    private string Owner => owner ?? throw OwnerNotSet();

    // A program that runs from a checkout is in development. A launch profile could say so as well, but "dotnet run" would then print a
    // line about it to standard output.
    private static bool IsDevelopment => Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 } environment
        ? environment == "Development"
        : DataFolder.IsCheckout;

    /// <exception cref="UsageException">
    /// No connection string is set and this is not Development.
    /// </exception>
    /// <exception cref="InvalidSettingException">A connection string is unreadable.</exception>
    public static async Task<Database> OpenAsync(CancellationToken ct)
    {
        var owner = ConnectionString("Migrator");
        var administrator = ConnectionString("Administrator");

        if (owner is not null || administrator is not null)
            return new(owner, administrator, null);

        if (!IsDevelopment)
            throw OwnerNotSet();

        var server = await EmbeddedServer.StartAsync(DataFolder.Default(), ct: ct);
        return new(server.ConnectionString(EmbeddedServer.Owner), server.ConnectionString(EmbeddedServer.Superuser), server);
    }

    public async ValueTask DisposeAsync()
    {
        if (operators.IsValueCreated)
            await operators.Value.DisposeAsync();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }

    private static UsageException OwnerNotSet() =>
        new("Set ConnectionStrings__Migrator to the database and the role that owns its schema.");

    private static string? ConnectionString(string name) =>
        Environment.GetEnvironmentVariable($"ConnectionStrings__{name}") is { Length: > 0 } text
            ? ConnectionText.Read($"ConnectionStrings__{name}", text).ConnectionString
            : null;
}
