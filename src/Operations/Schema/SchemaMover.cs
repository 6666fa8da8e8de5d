using GameImages.Infrastructure.Schema;

namespace GameImages.Operations.Schema;

/// <summary>Plans moves of the schema, decides which of them are refused, and runs them.</summary>
public sealed class SchemaMover(SchemaMigrator schema)
{
    // An error message names at most this many images.
    private const int MostNamed = 20;

    /// <param name="to">The version to move to; null for the latest one.</param>
    /// <param name="skipsUnusable">Leaves out images without a usable type. Otherwise they are a reason to refuse the move.</param>
    /// <exception cref="InvalidInputException">The schema has a later version.</exception>
    /// <exception cref="RefusedException">There are images without a usable type.</exception>
    /// <exception cref="SchemaVersionException">This program does not know the version of the database.</exception>
    public async Task<SchemaMove> PlanUpAsync(int? to, bool skipsUnusable, CancellationToken ct)
    {
        var from = await schema.GetVersionAsync(ct);
        var target = to ?? SchemaMigrator.LatestVersion;
        if (target < from)
            throw new InvalidInputException($"The schema has version {from}. Use gameimages down to move it to version {target}.");

        var steps = await schema.PlanAsync(target, ct);
        var unusable = target > from ? await schema.FindUnusableImagesAsync(ct) : [];
        return unusable.Count == 0 || skipsUnusable ? new(from, target, steps, unusable) : throw Unusable(unusable);
    }

    /// <param name="to">The version to move to; null for the one before.</param>
    /// <exception cref="InvalidInputException">The schema has an earlier version.</exception>
    /// <exception cref="SchemaVersionException">This program does not know the version of the database.</exception>
    public async Task<SchemaMove> PlanDownAsync(int? to, CancellationToken ct)
    {
        var from = await schema.GetVersionAsync(ct);
        var target = to ?? Math.Max(0, from - 1);
        return target <= from
            ? new(from, target, await schema.PlanAsync(target, ct))
            : throw new InvalidInputException($"The schema has version {from}. Use gameimages up to move it to version {target}.");
    }

    /// <summary>Checks that the operator has confirmed what the move would do now. The confirmation may have taken a while.</summary>
    /// <exception cref="RefusedException">The move would do something else by now.</exception>
    public async Task CheckPlanAsync(SchemaMove plan, CancellationToken ct)
    {
        if (!plan.Steps.SequenceEqual(await schema.PlanAsync(plan.To, ct)))
        {
            throw new RefusedException(
                "The data that the move would lose has changed since the plan was shown. Nothing was changed. "
                + "Stop the service, and try again.");
        }
    }

    /// <param name="progress">Receives the progress while images are copied; null if it is not shown.</param>
    /// <returns>The move with what it did.</returns>
    /// <exception cref="StalePlanException">Another program has moved the schema since the plan was made.</exception>
    public async Task<SchemaMove> RunAsync(SchemaMove plan, IProgress<MoveProgress>? progress, CancellationToken ct)
    {
        var tookOver = await schema.MigrateAsync(plan.To, ct, plan.Skipped, progress, plan.From);
        return plan with { TookOverHistory = tookOver ? true : null };
    }

    private static RefusedException Unusable(IReadOnlyList<UnusableImage> images)
    {
        var named = images.Take(MostNamed).Select(image =>
            $"{image.GameId} ({image.Slot}: {image.MimeType?.ReplaceLineEndings(" ") ?? "no type"})");
        return new(
            "Images of these games have none of the types image/png, image/jpeg, image/gif, image/webp: "
            + $"{string.Join(", ", named)}{(images.Count > MostNamed ? ", …" : "")}. Nothing was changed. "
            + "Correct their types or remove these images, or leave them out with gameimages up --skip-unusable.");
    }
}
