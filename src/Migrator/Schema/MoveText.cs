using GameImages.Infrastructure.Schema;
using GameImages.Operations.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>Prints a move of the schema: its plan, its progress and its result.</summary>
internal static class MoveText
{
    public static string Plan(SchemaMove move)
    {
        var loss = move.Steps.Any(step => step.LosesData) ? "data" : "no data";
        return $"Moving the schema from version {move.From} to version {move.To} loses {loss}:\n"
            + string.Join('\n', move.Steps.Select(Line));
    }

    /// <returns>The images that the move would leave out.</returns>
    public static string Skip(IReadOnlyList<UnusableImage> skipped)
    {
        var lines = skipped.Select(image =>
            $"{image.GameId} ({image.Slot}: {image.MimeType?.ReplaceLineEndings(" ") ?? "no type"}), {image.Bytes.Bytes()}");
        return $"{((long)skipped.Count).Count("image")} without a usable type would be left out:\n{string.Join('\n', lines)}";
    }

    /// <summary>Runs the move, and shows its progress if it copies images.</summary>
    public static Task<SchemaMove> RunAsync(SchemaMover mover, SchemaMove plan, CancellationToken ct) => plan.CopiesImages()
        ? ProgressBar.ShowAsync("Moving images", show => mover.RunAsync(plan, new Progress(show), ct))
        : mover.RunAsync(plan, progress: null, ct);

    public static void Print(SchemaMove move, Output text)
    {
        text.Line(move.From == move.To
            ? $"The schema has version {move.To} already."
            : $"Moved the schema from version {move.From} to version {move.To}.");

        foreach (var step in move.Steps)
            text.Line(Line(step));

        if (move.TookOverHistory == true)
            text.Line("Replaced schema_history with schema_versions. Earlier builds cannot read the version of the schema any more.");

        if (move.Skipped is { Count: > 0 } skipped)
        {
            text.Line($"Left out {((long)skipped.Count).Count("image")} without a usable type:");
            text.Table(
                ["GAME", "PLACE", "TYPE", "LENGTH"],
                skipped.Select(image => new[] { $"{image.GameId}", image.Slot, image.MimeType ?? "none", image.Bytes.Bytes() }));
        }
    }

    private static string Line(SchemaStep step)
    {
        var size = step.Rows == 0 ? "" : $" ({step.Rows.Count("row")}, {step.Bytes.Bytes()})";
        return $"{step.From} -> {step.To}: {step.Description}{size}";
    }

    // Progress<T> of .NET may deliver reports in another order.
    private sealed class Progress(Action<BytesDone> show) : IProgress<MoveProgress>
    {
        public void Report(MoveProgress value) => show(new(value.Bytes, value.TotalBytes));
    }
}
