using System.CommandLine;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages up, down and status.</summary>
internal static class SchemaCommands
{
    private static readonly Option<int?> To = new("--to") { Description = "The version to move to.", HelpName = "version" };

    public static Command Up() => Move("up", $"Moves the schema up, to version {SchemaMigrator.LatestVersion} unless --to says otherwise.", (from, to) =>
        to is null || to >= from ? to ?? SchemaMigrator.LatestVersion : throw new UsageException($"The schema has version {from}: version {to} is down."));

    public static Command Down() => Move("down", "Moves the schema down, by one version unless --to says otherwise.", (from, to) =>
        to is null || to <= from ? to ?? Math.Max(0, from - 1) : throw new UsageException($"The schema has version {from}: version {to} is up."));

    public static Command Status()
    {
        var command = new Command("status", "Prints the schema version of the database and the latest one.");
        command.SetAction(async (_, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            Console.WriteLine($"Schema version {await database.Schema.GetVersionAsync(ct)} of {SchemaMigrator.LatestVersion}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Move(string name, string description, Func<int, int?, int> target)
    {
        var command = new Command(name, description) { To };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var from = await database.Schema.GetVersionAsync(ct);
            var to = target(from, parsed.GetValue(To));
            if (to < 0 || to > SchemaMigrator.LatestVersion)
                throw new UsageException($"There is no version {to}: 0 is an empty database, {SchemaMigrator.LatestVersion} the latest.");

            await database.Schema.MigrateAsync(to, ct);
            await database.SetPasswordsAsync(ct);
            Console.WriteLine(to == from ? $"The schema has version {to} already." : $"Moved the schema from version {from} to version {to}.");
            return ExitCode.Done;
        });
        return command;
    }
}
