using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Repairs the problems that a verification finds, one row at a time, while the service runs.</summary>
/// <param name="grace">An image that nothing refers to is kept for this long after it was last changed.</param>
public sealed class ImageRepair(OperatorDatabase database, TimeSpan grace)
{
    private const long DefaultMaxChanges = 100;

    private readonly RetryPipeline retry = new(TimeProvider.System);

    /// <summary>Finds the changes to make. It changes nothing.</summary>
    /// <param name="percent">The share of the images to read, to find damaged ones.</param>
    /// <param name="maxChanges">The number of rows that may change; null for 100 or one percent of the images, whichever is more.</param>
    /// <param name="progress">Receives the number of bytes read, and the number of bytes to read.</param>
    /// <exception cref="RefusedException">Row-level security filters what the role sees, or the schema is older.</exception>
    public async Task<RepairPlan> PlanAsync(double percent, long? maxChanges, Action<long, long> progress, CancellationToken ct)
    {
        var problems = new List<ImageProblem>();
        var verified = await VerifyAsync(problems.Add, percent, progress, ct);
        var others = problems.Where(problem => problem.Kind is ImageProblemKind.MissingGuard or ImageProblemKind.WrongVariant).ToList();
        var steps = others.Select(other => new RepairStep(RepairAction.Leave, other.Message)).ToList();
        await using var connection = await database.OpenUnfilteredAsync(ct);

        foreach (var target in problems.Except(others).Select(RepairTarget.Of).Distinct())
            steps.AddRange((await target.DecideAsync(connection, grace, ct)).Select(decision => decision.Step));

        // Several images of a guild change the same row of its use.
        steps = [.. steps.DistinctBy(step =>
            (step.Action, RepairTarget.Of(step), step.Action == RepairAction.Leave ? step.Message : null))];
        return new(steps, maxChanges ?? Math.Max(DefaultMaxChanges, verified.Images / 100));
    }

    /// <summary>
    /// Makes the changes of a plan, each in its own transaction. The transaction locks the row and decides again, because the row may have
    /// changed since the plan was made.
    /// </summary>
    /// <param name="undo">Keeps a line of SQL that undoes a change. The change is made after it has returned.</param>
    /// <param name="report">Receives each change, and each row that is left unchanged.</param>
    /// <exception cref="RefusedException">The plan changes more rows than it may. Nothing was changed.</exception>
    public async Task ApplyAsync(
        RepairPlan plan, Func<string, CancellationToken, Task> undo, Action<RepairStep> report, CancellationToken ct)
    {
        if (plan.IsTooLarge)
        {
            throw new RefusedException(FormattableString.Invariant(
                $"{plan.Changes:N0} rows would change, but at most {plan.MaxChanges:N0} may. Nothing was changed. ")
                + "Run it without --apply to see the changes, and allow more of them with --max.");
        }

        foreach (var planned in plan.Steps)
        {
            var steps = planned.Action == RepairAction.Leave
                ? [planned]
                : await retry.RunAsync(() => RepairAsync(planned, undo, ct), ct);

            foreach (var step in steps)
                report(step);
        }
    }

    private async Task<ImagesVerified> VerifyAsync(
        Action<ImageProblem> report, double percent, Action<long, long> progress, CancellationToken ct)
    {
        await using var snapshot = await DatabaseSnapshot.TakeAsync(database, ct);
        return await new ImageVerification(snapshot, report).RunAsync(percent, progress, ct);
    }

    private async Task<IEnumerable<RepairStep>> RepairAsync(
        RepairStep planned, Func<string, CancellationToken, Task> undo, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // The statements that decide come after the lock, so they see everything that was committed while it waited.
        var target = RepairTarget.Of(planned);
        await target.LockAsync(connection, ct);
        var decisions = await target.DecideAsync(connection, grace, ct);
        try
        {
            foreach (var change in decisions.Select(decision => decision.Change).OfType<RowChange>())
            {
                await undo(await connection.QuerySingleAsync<string>(new(change.Undo, change.Parameters, cancellationToken: ct)), ct);
                await connection.ExecuteAsync(new(change.Sql, change.Parameters, cancellationToken: ct));
            }

            await transaction.CommitAsync(CancellationToken.None);
            return decisions.Select(decision => decision.Step);
        }
        catch (PostgresException rejected) when (rejected.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            var message = $"{planned.Message} Left unchanged: the database rejected the change ({rejected.MessageText}).";
            return [planned with { Action = RepairAction.Leave, Message = message }];
        }
    }
}
