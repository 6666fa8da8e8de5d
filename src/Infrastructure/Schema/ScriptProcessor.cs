using System.Data;
using FluentMigrator.Runner.Generators.Postgres;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using FluentMigrator.Runner.Processors.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Collects the statements of a migration from one version, without a database. Queries return what that version would return.
/// </summary>
internal sealed class ScriptProcessor(
    int from, PostgresDbFactory factory, Postgres15_0Generator generator, ILogger<ScriptProcessor> logger,
    IOptionsSnapshot<ProcessorOptions> options, IConnectionStringAccessor connectionString, PostgresOptions postgres)
    : Postgres15_0Processor(factory, generator, logger, options, connectionString, postgres)
{
    private readonly List<string> statements = [];

    /// <summary>The statements of each transaction.</summary>
    public List<string[]> Transactions { get; } = [];

    public override void BeginTransaction() => statements.Clear();

    public override void RollbackTransaction() => statements.Clear();

    public override void CommitTransaction()
    {
        if (statements.Count > 0)
            Transactions.Add([.. statements]);
        statements.Clear();
    }

    public override bool TableExists(string schemaName, string tableName) => true;

    public override bool ColumnExists(string schemaName, string tableName, string columnName) => true;

    // FluentMigrator reads only the history table.
    public override DataSet ReadTableData(string schemaName, string tableName)
    {
        var history = new DataTable { Columns = { new SchemaHistoryTable().ColumnName } };
        for (var version = 1; version <= from; version++)
            history.Rows.Add(version);
        return new DataSet { Tables = { history } };
    }

    protected override void Process(string sql)
    {
        if (!string.IsNullOrEmpty(sql))
            statements.Add(sql);
    }
}
