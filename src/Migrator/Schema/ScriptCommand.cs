using System.CommandLine;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages script: the SQL of a move, for review. It connects to no database.</summary>
internal static class ScriptCommand
{
    private static readonly Option<int?> From = VersionOption.Create(
        "--from", "The version to start from. By default 0, an empty database.");

    private static readonly Option<int?> To = VersionOption.Create("--to", "The version to end with. By default, the latest one.");

    private static readonly Option<bool> Idempotent = new("--idempotent")
    {
        Description = "Skips the versions that the database already has when the SQL runs.",
    };

    public static Command Create()
    {
        var command = new Command("script", "Prints the SQL that moves the schema from one version to another.") { From, To, Idempotent };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var from = parsed.GetValue(From) ?? 0;
        var to = parsed.GetValue(To) ?? SchemaMigrator.LatestVersion;
        var idempotent = parsed.GetValue(Idempotent);
        var sql = SchemaMigrator.Script(from, to, idempotent);
        Output.Of(parsed).Write(new { from, to, idempotent, sql }, _ => Console.WriteLine(sql.Trim()));
        return ExitCode.Done;
    }
}
