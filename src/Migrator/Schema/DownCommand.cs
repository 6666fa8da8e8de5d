using System.CommandLine;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages down: moves the schema to an earlier version.</summary>
internal static class DownCommand
{
    private static readonly Option<int?> To = VersionOption.Create(
        "--to", "The version to move to. By default, the version before the present one.");

    public static Command Create()
    {
        var command = new Command("down", "Moves the schema down, after showing what data is lost.") { To, Confirmation.Yes };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var database = await Database.OpenAsync(ct);
        var mover = database.Mover;
        var move = await mover.PlanDownAsync(parsed.GetValue(To), ct);
        if (move.Steps.Count > 0)
        {
            Confirmation.Ask(parsed, MoveText.Plan(move));
            await mover.CheckPlanAsync(move, ct);
            move = await MoveText.RunAsync(mover, move, ct);
        }

        Output.Of(parsed).Write(move, text => MoveText.Print(move, text));
        return ExitCode.Done;
    }
}
