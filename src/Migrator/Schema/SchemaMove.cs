using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>A move of the schema as up and down tell it, before and after.</summary>
/// <param name="Skipped">The pictures that the way up leaves out; null on the way down.</param>
internal sealed record SchemaMove(int From, int To, IReadOnlyList<SchemaStep> Steps, IReadOnlyList<UnusableImage>? Skipped = null)
{
    /// <summary>The history of an earlier build was taken over; null where there was none.</summary>
    public bool? TookOverHistory { get; private init; }

    /// <returns>What was done.</returns>
    public async Task<SchemaMove> RunAsync(SchemaMigrator schema, CancellationToken ct)
    {
        // The other steps take no time worth showing.
        var tookOver = Steps.Any(step => step is { From: 1, To: 2, Bytes: > 0 } or { From: 2, To: 1, Bytes: > 0 })
            ? await ProgressBar.ShowAsync("Moving pictures", show => schema.MigrateAsync(To, ct, Skipped, new Shown(show), From))
            : await schema.MigrateAsync(To, ct, Skipped, plannedFrom: From);
        return this with { TookOverHistory = tookOver ? true : null };
    }

    public string Plan() => $"""
        The move of the schema from version {From} to version {To} loses {(Steps.Any(step => step.LosesData) ? "data" : "no data")}:
        {string.Join('\n', Steps.Select(Line))}
        """;

    public void Print(Output text)
    {
        text.Line(From == To ? $"The schema has version {To} already." : $"Moved the schema from version {From} to version {To}.");

        foreach (var step in Steps)
            text.Line(Line(step));

        if (TookOverHistory == true)
            text.Line("Replaced schema_history with schema_versions. Earlier builds cannot read the version of the schema any more.");

        if (Skipped is { Count: > 0 })
        {
            text.Line($"Left out {((long)Skipped.Count).Count("picture")} without a usable type:");
            text.Table(
                ["GAME", "PLACE", "TYPE", "LENGTH"],
                Skipped.Select(picture => new[] { $"{picture.GameId}", picture.Slot, picture.MimeType ?? "none", picture.Bytes.Bytes() }));
        }
    }

    private static string Line(SchemaStep step) =>
        $"{step.From} -> {step.To}: {step.Description}{(step.Rows == 0 ? "" : $" ({step.Rows.Count("row")}, {step.Bytes.Bytes()})")}";

    // Not Progress<T>, whose reports may overtake each other.
    private sealed class Shown(Action<BytesDone> show) : IProgress<MoveProgress>
    {
        public void Report(MoveProgress value) => show(new(value.Bytes, value.TotalBytes));
    }
}
