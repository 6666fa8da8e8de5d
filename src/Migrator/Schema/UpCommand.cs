using System.CommandLine;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages up: the schema to a later version.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var to = VersionOption.Create("--to", "The version to move to; the latest unless given.");
        var skip = new Option<bool>("--skip-unusable")
        {
            Description = "Leaves out the pictures of version 1 that have no usable type, instead of refusing to move.",
        };
        var command = new Command("up", "Moves the schema up, and gives the roles the passwords that are set.")
        {
            to,
            skip,
            Confirmation.Yes,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var database = await Database.OpenAsync(ct);
                var from = await database.Schema.GetVersionAsync(ct);
                var target = parsed.GetValue(to) ?? SchemaMigrator.LatestVersion;
                if (target < from)
                    throw new UsageException($"The schema has version {from}: version {target} is down.");

                var move = new SchemaMove(
                    from, target, await database.Schema.PlanAsync(target, ct),
                    parsed.GetValue(skip) && target > from ? await database.Schema.FindUnusableImagesAsync(ct) : []);
                if (move.Skipped is { Count: > 0 } skipped)
                    Confirmation.Ask(parsed, $"{((long)skipped.Count).Count("picture")} without a usable type would be left out:\n{string.Join('\n', skipped.Select(Line))}");

                var done = await move.RunAsync(database.Schema, ct);
                await database.SetPasswordsAsync(ct);
                Output.Of(parsed).Write(done, done.Print);
                return ExitCode.Done;
            });
        return command;
    }

    private static string Line(UnusableImage picture) =>
        $"{picture.GameId} ({picture.Slot}: {picture.MimeType?.ReplaceLineEndings(" ") ?? "no type"}), {picture.Bytes.Bytes()}";
}
