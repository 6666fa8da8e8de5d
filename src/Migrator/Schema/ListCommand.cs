using System.CommandLine;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages list: the schema versions that this program knows.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Lists the schema versions, and shows which of them the database has.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var versions = await database.Schema.ListAsync(ct);
            Output.Of(parsed).Write(versions, text => text.Table(
                ["VERSION", "NAME", "APPLIED"],
                versions.Select(version => new[] { $"{version.Number}", version.Name, version.IsApplied ? "yes" : "no" })));
            return ExitCode.Done;
        });
        return command;
    }
}
