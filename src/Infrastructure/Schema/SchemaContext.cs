using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GameImages.Infrastructure.Schema;

/// <summary>Gives EF Core's migration engine a database. There is no model: the migrations are written by hand, and queries are Dapper's.</summary>
internal sealed class SchemaContext(string connectionString) : DbContext
{
    public const string HistoryTable = "schema_history";

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
        .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable(HistoryTable).CommandTimeout(0))
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
