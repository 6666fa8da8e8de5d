using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages stats: how many images are stored, and how much space they take.</summary>
internal static class StatsCommand
{
    private static readonly Option<int> Top = NumberOption.Create(
        "--top", "How many of the most shared images to list.", defaultValue: 10, min: 0);

    public static Command Create()
    {
        var command = new Command("stats", "Shows how many images are stored, how much space they take, and what sharing saves.") { Top };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var statistics = await ImageStatistics.ReadAsync(database.Operators, parsed.GetValue(Top), ct);
            Output.Of(parsed).Write(statistics, text => Print(statistics, text));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(ImageStatistics statistics, Output text)
    {
        text.Line(
            $"{statistics.Images.Count("image")}, {statistics.StoredBytes.Bytes()}, "
            + $"shown in {statistics.References.Count("place")} of games.");
        text.Line($"Storing each image once saves {statistics.SavedBytes.Bytes()}.");
        text.Line($"{statistics.Uploads.Count("upload")}, which hold images of {statistics.UploadedBytes.Bytes()}.");
        text.Line($"{statistics.Variants.Count("variant")}, {statistics.VariantBytes.Bytes()}.");
        text.Line($"{statistics.Quarantined.Count()} in quarantine, {statistics.Blocked.Count()} blocked.");
        text.Line($"{statistics.WaitingGames.Count("game")} to announce, {statistics.ParkedGames.Count()} parked.");
        text.Line();
        text.Table(
            ["FORMAT", "IMAGES", "BYTES", "LARGEST"],
            statistics.Formats.Select(format =>
                new[] { format.MimeType, format.Images.Count(), format.Bytes.Bytes(), format.LargestBytes.Bytes() }));
        text.Line();
        text.Table(
            ["STORED", "IMAGES", "BYTES"],
            statistics.Ages.Select(age => new[] { age.Stored, age.Images.Count(), age.Bytes.Bytes() }));
        text.Line();
        text.Table(
            ["MOST SHARED", "FORMAT", "BYTES", "PLACES"],
            statistics.MostShared.Select(image => new[] { $"{image.Id}", image.MimeType, image.Bytes.Bytes(), image.References.Count() }));
        text.Line();
        text.Table(["TABLE", "ROWS", "TOAST", "INDEXES", "DEAD ROWS", "DEAD IN TOAST", "BLOAT OF TOAST"], statistics.Tables.Select(table =>
            new[]
            {
                table.Table, table.HeapBytes.Bytes(), table.ToastBytes.Bytes(), table.IndexBytes.Bytes(),
                table.DeadRows.Count(), table.DeadToastRows.Count(), table.BloatBytes?.Bytes() ?? "-",
            }));
    }
}
