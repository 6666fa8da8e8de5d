using System.Data;
using FluentMigrator.Runner.Generators.Postgres;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using FluentMigrator.Runner.Processors.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Runs the statements of migrations on a connection that the caller opens and closes.</summary>
internal sealed class SchemaProcessor : Postgres15_0Processor
{
    private readonly NpgsqlConnection connection;
    private readonly CancellationToken cancellation;

    public SchemaProcessor(
        NpgsqlConnection connection, PostgresDbFactory factory, Postgres15_0Generator generator, ILogger<SchemaProcessor> logger,
        IOptionsSnapshot<ProcessorOptions> options, IConnectionStringAccessor connectionString, PostgresOptions postgres,
        CancellationToken cancellation)
        : base(factory, generator, logger, options, connectionString, postgres)
    {
        this.connection = connection;
        this.cancellation = cancellation;
        Connection = connection;
    }

    // The runner is synchronous, but only the asynchronous call cancels the statement on the server. Errors are not wrapped:
    // FluentMigrator would put the whole SQL into the message.
    protected override void Process(string sql)
    {
        if (string.IsNullOrEmpty(sql))
            return;

        using var command = new NpgsqlCommand(sql, connection, (NpgsqlTransaction?)Transaction);
        command.ExecuteNonQueryAsync(cancellation).GetAwaiter().GetResult();
    }

    protected override IDbCommand CreateCommand(string commandText, IDbConnection connection, IDbTransaction? transaction) =>
        new NpgsqlCommand(commandText, (NpgsqlConnection)connection, (NpgsqlTransaction?)transaction);

    // On a lost connection, the rollback would fail and hide the first error. The server rolls back without it.
    public override void RollbackTransaction()
    {
        if (connection.State == ConnectionState.Open)
            base.RollbackTransaction();
        else
            Transaction = null;
    }
}
