using System.CommandLine;
using GameImages.Operations;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages repair: mends what verify finds.</summary>
internal static class RepairCommand
{
    private const long DefaultMaxRows = 100;

    public static Command Create()
    {
        var apply = new Option<bool>("--apply") { Description = "Makes the changes; otherwise they are only told." };
        var max = new Option<long?>("--max")
        {
            Description = "How many rows may change: more are refused.",
            HelpName = "N",
            DefaultValueFactory = _ => null,
        };
        var grace = new Option<TimeSpan>("--grace")
        {
            Description = "How long a picture that no game shows is left alone after its last change: a number with s, m, h or d.",
            HelpName = "time",
            DefaultValueFactory = _ => TimeSpan.FromHours(1),
            CustomParser = Duration.Parse,
        };
        var quick = new Option<bool>("--quick") { Description = "Leaves the bytes unread, but for their length." };
        var undo = new Option<string>("--undo")
        {
            Description = "The new file for SQL that undoes the changes.",
            HelpName = "FILE",
            DefaultValueFactory = _ => $"gameimages-repair-{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}.sql",
        };
        var command = new Command("repair", "Mends what verify finds, while the service goes on. Damaged pictures are put in quarantine.")
        {
            apply,
            max,
            grace,
            quick,
            undo,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                if (parsed.GetValue(max) < 0)
                    throw new UsageException("--max takes a number that is not negative.");

                await using var database = await Database.OpenAsync(ct);
                var output = Output.Of(parsed);
                var repair = new ImageRepair(database.Operators, parsed.GetValue(grace));
                var plan = await ProgressBar.ShowAsync(
                    "Reading pictures",
                    show => repair.PlanAsync(parsed.GetValue(quick) ? 0 : 100, (done, total) => show(new(done, total)), ct),
                    asLines: output.IsJson);
                var maxRows = parsed.GetValue(max) ?? Math.Max(DefaultMaxRows, plan.Images / 100);

                if (parsed.GetValue(apply) && plan.Changes > maxRows)
                    throw new RefusedException($"{plan.Changes.Count("row")} would change, and no more than {maxRows.Count()} may: nothing was changed. Look at them without --apply, and allow as many with --max.");

                return parsed.GetValue(apply)
                    ? await ApplyAsync(repair, plan, parsed.GetRequiredValue(undo), output, ct)
                    : Tell(plan, maxRows, output);
            });
        return command;
    }

    private static int Tell(RepairPlan plan, long maxRows, Output output)
    {
        using var steps = new Listing(output, "steps");
        foreach (var step in plan.Steps)
            steps.Add(step, step.Message);

        steps.End(new { applied = false, plan.Changes, left = plan.Steps.Count - plan.Changes, max = maxRows }, text =>
        {
            text.Line(plan.Steps.Count == 0 ? "There is nothing to repair." : $"{plan.Changes.Count("row")} would change, {(plan.Steps.Count - plan.Changes).Count()} left alone. Nothing was changed yet: --apply does it.");
            if (plan.Changes > maxRows)
                text.Line($"No more than {maxRows.Count()} may, so it would be refused without a larger --max.");
        });
        return plan.Steps.Count == 0 ? ExitCode.Done : ExitCode.FoundProblems;
    }

    private static async Task<int> ApplyAsync(ImageRepair repair, RepairPlan plan, string undo, Output output, CancellationToken ct)
    {
        await using var file = new UndoFile(undo);
        using var steps = new Listing(output, "steps");
        var (changed, left) = (0L, 0L);

        await repair.ApplyAsync(plan, file.AppendAsync, step =>
        {
            _ = step.Action == RepairAction.Leave ? left++ : changed++;
            steps.Add(step, step.Message);
        }, ct);

        steps.End(new { applied = true, changes = changed, left, undo = file.IsWritten ? undo : null }, text =>
        {
            text.Line(changed + left == 0 ? "There is nothing to repair." : $"{changed.Count("row")} changed, {left.Count()} left alone.");
            if (file.IsWritten)
                text.Line($"To undo it: psql -f {undo}");
        });
        return left == 0 ? ExitCode.Done : ExitCode.FoundProblems;
    }
}
