using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Mends what a verification finds, one row at a time, while the service goes on.</summary>
/// <param name="grace">How long an image that no game shows is left alone after it was last changed.</param>
public sealed class ImageRepair(OperatorDatabase database, TimeSpan grace)
{
    private readonly RetryPipeline retry = new(TimeProvider.System);

    /// <summary>Finds what there is to do, and changes nothing.</summary>
    /// <param name="percent">How many of the images to read, to find the damaged ones.</param>
    /// <param name="progress">Gets the bytes that were read, and how many there will be.</param>
    /// <exception cref="RefusedException">Row security filters what the role sees; or the schema is older.</exception>
    public async Task<RepairPlan> PlanAsync(double percent, Action<long, long> progress, CancellationToken ct)
    {
        var problems = new List<ImageProblem>();
        var verified = await VerifyAsync(problems.Add, percent, progress, ct);
        var steps = problems
            .Where(problem => problem.Kind == ImageProblemKind.MissingGuard)
            .Select(guard => new RepairStep(RepairAction.Leave, guard.Message))
            .ToList();
        await using var connection = await database.OpenUnfilteredAsync(ct);

        foreach (var (image, game) in problems.Where(problem => problem.Kind != ImageProblemKind.MissingGuard).Select(Row).Distinct())
            steps.AddRange((await DecideAsync(connection, image, game, ct)).Select(decision => decision.Step));

        return new(steps, verified.Images);
    }

    /// <summary>Makes the changes of a plan, each one in a transaction of its own that looks at its row again under the row's lock.</summary>
    /// <param name="undo">Keeps a line of SQL that undoes a change; the change is made when it has returned.</param>
    /// <param name="report">Gets what was done, and what is left alone.</param>
    public async Task ApplyAsync(
        RepairPlan plan,
        Func<string, CancellationToken, Task> undo,
        Action<RepairStep> report,
        CancellationToken ct)
    {
        foreach (var planned in plan.Steps)
        {
            var steps = planned.Action == RepairAction.Leave ? [planned] : await retry.RunAsync(() => MendAsync(planned, undo, ct), ct);

            foreach (var step in steps)
                report(step);
        }
    }

    private async Task<ImagesVerified> VerifyAsync(
        Action<ImageProblem> report,
        double percent,
        Action<long, long> progress,
        CancellationToken ct)
    {
        await using var snapshot = await DatabaseSnapshot.TakeAsync(database, ct);
        return await new ImageVerification(snapshot, report).RunAsync(percent, progress, ct);
    }

    private static (Guid? ImageId, Guid? GameId) Row(ImageProblem problem) =>
        problem.GameId is { } game ? (null, game) : (problem.ImageId, null);

    private async Task<IEnumerable<RepairStep>> MendAsync(
        RepairStep planned,
        Func<string, CancellationToken, Task> undo,
        CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // All changes of references are made under this lock. What is decided on is read by statements of their own, which see what was
        // committed while the lock was waited for.
        await connection.ExecuteAsync(new(
            $"SELECT FROM {(planned.GameId is null ? "game_images" : "game_sessions")} WHERE id = @id FOR UPDATE",
            new { id = planned.GameId ?? planned.ImageId }, cancellationToken: ct));

        var decisions = await DecideAsync(connection, planned.ImageId, planned.GameId, ct);

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
        catch (PostgresException refused) when (refused.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            return
            [
                planned with
                {
                    Action = RepairAction.Leave,
                    Message = $"{planned.Message} Left alone: the database refuses it ({refused.MessageText}).",
                },
            ];
        }
    }

    private Task<IReadOnlyList<RepairDecision>> DecideAsync(NpgsqlConnection connection, Guid? image, Guid? game, CancellationToken ct) =>
        game is { } id ? GameRepair.DecideAsync(connection, id, ct) : ImageRowRepair.DecideAsync(connection, image!.Value, grace, ct);
}
