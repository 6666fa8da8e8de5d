using System.CommandLine;
using GameImages.Operations;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages down: the schema back to an earlier version.</summary>
internal static class DownCommand
{
    public static Command Create()
    {
        var to = VersionOption.Create("--to", "The version to move to; the one before unless given.");
        var command = new Command("down", "Moves the schema down, after it has said what that loses.") { to, Confirmation.Yes };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var database = await Database.OpenAsync(ct);
                var from = await database.Schema.GetVersionAsync(ct);
                var target = parsed.GetValue(to) ?? Math.Max(0, from - 1);
                if (target > from)
                    throw new UsageException($"The schema has version {from}: version {target} is up.");

                var move = new SchemaMove(from, target, await database.Schema.PlanAsync(target, ct));
                if (move.Steps.Count > 0)
                {
                    Confirmation.Ask(parsed, move.Plan());

                    // The answer may have taken its time, and was about this plan.
                    if (!move.Steps.SequenceEqual(await database.Schema.PlanAsync(target, ct)))
                        throw new RefusedException(
                            "What the move would lose has changed since it was told. Nothing was changed: stop the service, and try again."
                        );

                    move = await move.RunAsync(database.Schema, ct);
                }

                Output.Of(parsed).Write(move, move.Print);
                return ExitCode.Done;
            });
        return command;
    }
}
