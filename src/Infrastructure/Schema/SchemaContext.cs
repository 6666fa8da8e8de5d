using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Gives EF Core's migration engine a database. There is no model: the migrations are written by hand, and queries are Dapper's.</summary>
internal sealed class SchemaContext(string connectionString) : DbContext
{
    public const string HistoryTable = "schema_history";

    // Any number that nobody else locks in this database.
    public const long MoveLock = 0x67616D65;

    public NpgsqlConnection Connection => (NpgsqlConnection)Database.GetDbConnection();

    public IMigrator Migrator => this.GetService<IMigrator>();

    /// <summary>With a connection that stays open until the context is disposed.</summary>
    /// <param name="alone">No other program moves the schema meanwhile; waits until that is so.</param>
    public static async Task<SchemaContext> OpenAsync(string connectionString, CancellationToken ct, bool alone = false)
    {
        var context = new SchemaContext(connectionString);
        try
        {
            await context.Connection.OpenAsync(ct);

            // EF Core's own lock ends with each version; between two of them somebody else could move the schema elsewhere.
            if (alone)
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MoveLock})", ct);

            return context;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <returns>The migration that makes a version out of the one before it.</returns>
    public IDescribedMigration Migration(int version)
    {
        var migrations = this.GetService<IMigrationsAssembly>();
        return (IDescribedMigration)migrations.CreateMigration(migrations.Migrations[SchemaVersions.Names[version - 1]], Database.ProviderName!);
    }

    // Without a pool, what a session locks and sets ends with it. The details of notices tell the progress.
    // The strategy is one that lets exceptions through as they are.
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
        .UseNpgsql($"{connectionString};Pooling=false;Command Timeout=0;Include Error Detail=true", npgsql => npgsql
            .MigrationsHistoryTable(HistoryTable)
            .ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
