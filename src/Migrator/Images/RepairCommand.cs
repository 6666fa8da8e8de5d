using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages repair: repairs what verify finds.</summary>
internal static class RepairCommand
{
    private static readonly Option<bool> Apply = new("--apply") { Description = "Makes the changes. Otherwise, it only lists them." };
    private static readonly Option<int?> Max = NumberOption.CreateOptional(
        "--max", "How many rows may change. More changes are refused. By default 100, or one percent of the images if that is more.", 0);

    private static readonly Option<TimeSpan> Grace = new("--grace")
    {
        Description = "How long an image that nothing refers to is kept after its last change: a number with s, m, h or d.",
        HelpName = "time",
        DefaultValueFactory = _ => TimeSpan.FromHours(1),
        CustomParser = Duration.Parse,
    };
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Checks the lengths of the images, but not their bytes.",
    };
    private static readonly Option<string> Undo = new("--undo")
    {
        Description = "The new file for the SQL that undoes the changes.",
        HelpName = "FILE",
        DefaultValueFactory = _ => $"gameimages-repair-{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}.sql",
    };

    public static Command Create()
    {
        var command = new Command("repair", "Repairs what verify finds, while the service runs. It quarantines damaged images.")
        {
            Apply,
            Max,
            Grace,
            Quick,
            Undo,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var database = await Database.OpenAsync(ct);
        var output = Output.Of(parsed);
        var repair = new ImageRepair(database.Operators, parsed.GetValue(Grace));
        var plan = await ProgressBar.ShowAsync(
            "Reading images",
            show => repair.PlanAsync(parsed.GetValue(Quick) ? 0 : 100, parsed.GetValue(Max), (done, total) => show(new(done, total)), ct),
            asLines: output.IsJson);

        return parsed.GetValue(Apply)
            ? await ApplyAsync(repair, plan, parsed.GetRequiredValue(Undo), output, ct)
            : Print(plan, output);
    }

    private static int Print(RepairPlan plan, Output output)
    {
        using var steps = new Listing(output, "steps");
        foreach (var step in plan.Steps)
            steps.Add(step, step.Message);

        var left = plan.Steps.Count - plan.Changes;
        steps.End(new { applied = false, plan.Changes, left, max = plan.MaxChanges }, text =>
        {
            text.Line(plan.Steps.Count == 0
                ? "There is nothing to repair."
                : $"{plan.Changes.Count("row")} would change, {left.Count()} left unchanged. Nothing was changed yet: add --apply.");
            if (plan.IsTooLarge)
                text.Line($"At most {plan.MaxChanges.Count()} may change, so --apply needs a larger --max.");
        });
        return plan.Steps.Count == 0 ? ExitCode.Done : ExitCode.FoundProblems;
    }

    private static async Task<int> ApplyAsync(ImageRepair repair, RepairPlan plan, string undo, Output output, CancellationToken ct)
    {
        await using var file = new UndoFile(undo);
        using var steps = new Listing(output, "steps");
        var changed = 0L;
        var left = 0L;

        await repair.ApplyAsync(
            plan,
            file.AppendAsync,
            step =>
            {
                if (step.Action == RepairAction.Leave)
                    left++;
                else
                    changed++;
                steps.Add(step, step.Message);
            },
            ct);

        steps.End(new { applied = true, changes = changed, left, undo = file.IsWritten ? undo : null }, text =>
        {
            var summary = $"{changed.Count("row")} changed, {left.Count()} left unchanged.";
            text.Line(changed + left == 0 ? "There is nothing to repair." : summary);
            if (file.IsWritten)
                text.Line($"To undo the changes: psql -f {undo}");
        });
        return left == 0 ? ExitCode.Done : ExitCode.FoundProblems;
    }
}
