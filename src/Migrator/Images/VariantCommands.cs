using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages variants list, retry and rebuild: the smaller copies of images.</summary>
internal static class VariantCommands
{
    public static Command Create() =>
        new("variants", "Lists the state of the smaller copies of images, or has them made again.") { List(), Retry(), Rebuild() };

    private static Command List()
    {
        var limit = NumberOption.Create("--limit", "How many refused images to list at most.", defaultValue: 1000, min: 1);
        var command = new Command("list", "Counts the variants, and lists the images that get none, with the reasons.") { limit };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var overview = await new OperatorVariants(database.Operators).ReadAsync(parsed.GetValue(limit), ct);
            Output.Of(parsed).Write(overview, text => Print(overview, text));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Retry() => Change(
        "retry", "Lets the worker try refused images again.", "All refused images.", "To try again",
        (variants, image, ct) => variants.RetryAsync(image, ct));

    private static Command Rebuild() => Change(
        "rebuild", "Lets the worker make variants again. The old ones are served until then.", "All images.", "To rebuild",
        (variants, image, ct) => variants.RebuildAsync(image, ct));

    private static Command Change(
        string name, string description, string ofAll, string done,
        Func<OperatorVariants, Guid?, CancellationToken, Task<long>> changeAsync)
    {
        var image = ImageArgument.CreateOptional();
        var all = new Option<bool>("--all") { Description = ofAll };
        var command = new Command(name, description) { image, all };
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetValue(image);
            if (id is null != parsed.GetValue(all))
                throw new UsageException("Name one image, or add --all.");

            await using var database = await Database.OpenAsync(ct);
            var images = await changeAsync(new OperatorVariants(database.Operators), id, ct);
            Output.Of(parsed).Write(new { images }, text => text.Line($"{done}: {images.Count("image")}."));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(VariantOverview overview, Output text)
    {
        text.Line($"{overview.Variants.Count("variant")} of {overview.Made.Count("image")}, {overview.Bytes.Bytes()}.");
        text.Line(overview.WaitingSince is { } since
            ? $"{overview.Waiting.Count("image")} to make variants of, the oldest since {since:u}."
            : "No image waits for its variants.");
        if (overview.TotalRefused == 0)
            return;

        text.Line();
        text.Table(["REFUSED", "FORMAT", "BYTES", "STORED", "REASON"], overview.Refused.Select(image => new[]
        {
            $"{image.ImageId}", image.MimeType, image.Bytes.Bytes(), $"{image.StoredAt:u}", image.Reason.ReplaceLineEndings(" "),
        }));
        if (overview.TotalRefused > overview.Refused.Count)
            text.Line($"{overview.TotalRefused.Count("image")}. The oldest {overview.Refused.Count} are listed.");
    }
}
