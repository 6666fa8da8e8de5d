using System.CommandLine;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages script: the SQL of a move, for review. It asks no database.</summary>
internal static class ScriptCommand
{
    public static Command Create()
    {
        var from = VersionOption.Create("--from", "The version to begin with; 0, an empty database, unless given.");
        var to = VersionOption.Create("--to", "The version to end with; the latest unless given.");
        var idempotent = new Option<bool>("--idempotent")
        {
            Description = "The SQL leaves out what the database has already when it runs.",
        };
        var command = new Command("script", "Prints the SQL that moves the schema from one version to another.") { from, to, idempotent };
        command.SetAction(parsed =>
        {
            var (first, last) = (parsed.GetValue(from) ?? 0, parsed.GetValue(to) ?? SchemaMigrator.LatestVersion);
            var sql = SchemaMigrator.Script(first, last, parsed.GetValue(idempotent));
            Output
                .Of(parsed)
                .Write(
                    new
                    {
                        from = first,
                        to = last,
                        idempotent = parsed.GetValue(idempotent),
                        sql,
                    },
                    _ => Console.WriteLine(sql.Trim()));
            return ExitCode.Done;
        });
        return command;
    }
}
