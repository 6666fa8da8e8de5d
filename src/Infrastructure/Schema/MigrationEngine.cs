using FluentMigrator;
using FluentMigrator.Model;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using FluentMigrator.Runner.Processors.Postgres;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Runs the migrations with FluentMigrator. Each version is one transaction, which also writes the row of the history table.
/// </summary>
internal static class MigrationEngine
{
    /// <typeparam name="TProcessor">Runs the SQL, or collects it.</typeparam>
    /// <param name="parameters">The parameters of its constructor that are not services.</param>
    /// <returns>The processor, after the migration.</returns>
    public static TProcessor Run<TProcessor>(int from, int to, params object[] parameters)
        where TProcessor : IMigrationProcessor
    {
        using var services = new ServiceCollection()
            .AddSingleton<IFilteringMigrationSource, OurMigrations>()
            .AddScoped<IProcessorAccessor>(scope => new Accessor(ActivatorUtilities.CreateInstance<TProcessor>(scope, parameters)))
            .AddScoped<IVersionLoader, HistoryLoader>()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddPostgres15_0().WithVersionTable(new SchemaHistoryTable()))
            .AddScoped(_ => new PostgresOptions { ForceQuote = false })
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        var runner = scope.ServiceProvider.GetRequiredService<IMigrationRunner>();

        if (to > from)
            runner.MigrateUp(to);
        else if (to < from)
            runner.MigrateDown(to);

        return (TProcessor)runner.Processor;
    }

    private sealed record Accessor(IMigrationProcessor Processor) : IProcessorAccessor;

    private sealed class OurMigrations : IFilteringMigrationSource
    {
        // FluentMigrator asks for migrations and for profiles. There are no profiles.
        public IEnumerable<IMigration> GetMigrations(Func<Type, bool> predicate) =>
            SchemaMigration.CreateAll().Where(migration => predicate(migration.GetType()));
    }

    // The column has a default for the time. FluentMigrator would write a local time without a time zone.
    private sealed class HistoryLoader(
        IProcessorAccessor processor, IGeneratorAccessor generator, IConventionSet conventions,
        IMigrationRunnerConventions runnerConventions, IVersionTableMetaData table, IMigrationRunner runner)
        : VersionLoader(processor, generator, conventions, runnerConventions, table, runner)
    {
        protected override InsertionDataDefinition CreateVersionInfoInsertionData(long version, string description) =>
        [
            new(VersionTableMetaData.ColumnName, version),
            new(VersionTableMetaData.DescriptionColumnName, description),
        ];
    }
}
