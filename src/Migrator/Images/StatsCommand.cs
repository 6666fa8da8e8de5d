using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages stats: how many pictures there are and what they take.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var top = new Option<int>("--top")
        {
            Description = "How many of the most shared pictures to name.",
            HelpName = "n",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("stats", "Tells how many pictures are stored, what they take and what sharing them saves.") { top };
        command.SetAction(async (parsed, ct) =>
        {
            var most = parsed.GetValue(top) is var n and >= 0 ? n : throw new UsageException("--top takes a number that is not negative.");

            await using var database = await Database.OpenAsync(ct);
            var statistics = await ImageStatistics.ReadAsync(database.Operators, most, ct);
            Output.Of(parsed).Write(statistics, text => Print(statistics, text));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(ImageStatistics statistics, Output text)
    {
        text.Line($"{statistics.Images.Count("picture")}, {statistics.StoredBytes.Bytes()}, shown in {statistics.References.Count("place")} of games.");
        text.Line($"Keeping each once saves {statistics.SavedBytes.Bytes()}.");
        text.Line($"{statistics.Quarantined.Count()} in quarantine, {statistics.Blocked.Count()} blocked.");
        text.Line($"{statistics.WaitingGames.Count("game")} to announce, {statistics.ParkedGames.Count()} parked.");
        text.Line();
        text.Table(
            ["FORMAT", "PICTURES", "BYTES", "LARGEST"],
            statistics.Formats.Select(format =>
                new[] { format.MimeType, format.Images.Count(), format.Bytes.Bytes(), format.LargestBytes.Bytes() }));
        text.Line();
        text.Table(
            ["STORED", "PICTURES", "BYTES"],
            statistics.Ages.Select(age => new[] { age.Stored, age.Images.Count(), age.Bytes.Bytes() }));
        text.Line();
        text.Table(
            ["MOST SHARED", "FORMAT", "BYTES", "PLACES"],
            statistics.MostShared.Select(image => new[] { $"{image.Id}", image.MimeType, image.Bytes.Bytes(), image.References.Count() }));
        text.Line();
        text.Table(
            ["TABLE", "ROWS", "TOAST", "INDEXES", "DEAD ROWS", "DEAD IN TOAST", "BLOAT OF TOAST"],
            statistics.Tables.Select(table =>
                new[]
                {
                    table.Table,
                    table.HeapBytes.Bytes(),
                    table.ToastBytes.Bytes(),
                    table.IndexBytes.Bytes(),
                    table.DeadRows.Count(),
                    table.DeadToastRows.Count(),
                    table.BloatBytes?.Bytes() ?? "-",
                }));
    }
}
