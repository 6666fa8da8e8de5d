using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>The schema is the one of this program.</summary>
internal static class SchemaCheck
{
    public static readonly Check Check = new("schema", async (connection, ct) => [await LookAsync(connection, ct)]);

    private static async Task<Finding> LookAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            var (version, isLegacy) = await SchemaHistory.ReadAsync(connection, ct);
            return version == SchemaMigrator.LatestVersion
                ? isLegacy
                    ? new(Check.Name, Health.Warning, $"version {version}, recorded by an earlier build", "gameimages up")
                    : new(Check.Name, Health.Ok, $"version {version}")
                : new(
                    Check.Name,
                    Health.Problem,
                    version == 0 ? "there is none" : $"version {version} of {SchemaMigrator.LatestVersion}",
                    "gameimages up");
        }
        catch (SchemaVersionException unknown)
        {
            return new(Check.Name, Health.Problem, unknown.Message);
        }
    }
}
