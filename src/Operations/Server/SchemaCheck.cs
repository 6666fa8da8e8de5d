using GameImages.Infrastructure.Schema;
using GameImages.Operations.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Checks that the database has the schema version of this program.</summary>
internal static class SchemaCheck
{
    private const string Name = "schema";

    public static readonly Check Check = new(Name, async (connection, ct) => [await FindAsync(connection, ct)]);

    private static async Task<Finding> FindAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            return Find(await SchemaHistory.ReadAsync(connection, ct));
        }
        catch (SchemaVersionException unknown)
        {
            return new(Name, Health.Problem, unknown.Message, SchemaAdvice.Of(unknown));
        }
    }

    private static Finding Find(SchemaHistory history)
    {
        if (history.Version == 0)
            return new(Name, Health.Problem, "the database has no schema", "gameimages up");
        if (history.Version != SchemaMigrator.LatestVersion)
            return new(Name, Health.Problem, $"version {history.Version} of {SchemaMigrator.LatestVersion}", "gameimages up");

        return new(Name, Health.Ok, $"version {history.Version}");
    }
}
