using System.CommandLine;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages status: the schema version of the database.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Prints the schema version of the database and the latest one.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var applied = (await database.Schema.ListAsync(ct)).LastOrDefault(version => version.IsApplied);
            var status = new
            {
                version = applied?.Number ?? 0,
                latest = SchemaMigrator.LatestVersion,
                name = applied?.Name,
                compatible = applied?.Number == SchemaMigrator.LatestVersion,
            };
            Output.Of(parsed).Write(status, text => text.Line($"Schema version {status.version} of {status.latest}."));
            return ExitCode.Done;
        });
        return command;
    }
}
