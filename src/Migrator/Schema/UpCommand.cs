using System.CommandLine;
using GameImages.Operations.Server;

namespace GameImages.Migrator.Schema;

/// <summary>gameimages up: moves the schema to a later version.</summary>
internal static class UpCommand
{
    private static readonly Option<int?> To = VersionOption.Create("--to", "The version to move to. By default, the latest one.");
    private static readonly Option<bool> Skip = new("--skip-unusable")
    {
        Description = "Leaves out images of version 1 that have no usable type, instead of refusing to move.",
    };

    public static Command Create()
    {
        var command = new Command("up", "Moves the schema up, and gives the roles the passwords that are set.")
        {
            To,
            Skip,
            Confirmation.Yes,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var database = await Database.OpenAsync(ct);
        var mover = database.Mover;
        var plan = await mover.PlanUpAsync(parsed.GetValue(To), parsed.GetValue(Skip), ct);
        if (plan.Skipped is { Count: > 0 } skipped)
            Confirmation.Ask(parsed, MoveText.Skip(skipped));

        var move = await MoveText.RunAsync(mover, plan, ct);
        await RoleSettings.ApplyPasswordsAsync(database.AdministratorOrOwner, ct);
        Output.Of(parsed).Write(move, text => MoveText.Print(move, text));
        return ExitCode.Done;
    }
}
