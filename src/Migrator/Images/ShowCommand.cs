using System.CommandLine;
using GameImages.Domain.Images;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages show: the row of an image, without its bytes.</summary>
internal static class ShowCommand
{
    private const string Unknown = "not known yet";

    public static Command Create()
    {
        var image = ImageArgument.Create();
        var command = new Command("show", "Shows everything about an image except its bytes.") { image };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var found = await new ImageDetailsReader(database.Operators).GetAsync(parsed.GetRequiredValue(image), ct);
            Output.Of(parsed).Write(found, text => Print(found, text));
            return ExitCode.Done;
        });
        return command;
    }

    public static void Print(ImageDetails image, Output text) => text.Table(["IMAGE", $"{image.Id}"],
    [
        ["path", $"/api/v1/public/images/{image.Id}.{ImageFormat.FromMimeType(image.MimeType).Extensions[0]}"],
        ["SHA-256", image.ContentHash],
        ["type", image.MimeType],
        ["length", ((long)image.ByteLength).Count("byte")],
        ["size", image is { Width: { } width, Height: { } height } ? $"{width} x {height} pixels" : "not stated by its header"],
        ["shown as", image.ShownWidth is null ? Unknown : $"{image.ShownWidth} x {image.ShownHeight} pixels"],
        ["color", image.DominantColor ?? Unknown],
        ["variants", Variants(image)],
        ["references", $"{image.ReferenceCount}"],
        ["stored", $"{image.CreatedAt:u}"],
        ["changed", $"{image.UpdatedAt:u}"],
        ["served", image.QuarantinedAt is { } since ? $"no, in quarantine since {since:u}" : "yes"],
    ]);

    private static string Variants(ImageDetails image)
    {
        if (image.VariantsRefusal is { } reason)
            return $"refused: {reason.ReplaceLineEndings(" ")}";
        if (image.VariantsMadeAt is null)
            return "not made yet";

        return image.VariantWidths.Length == 0 ? "none needed" : $"{string.Join(", ", image.VariantWidths)} pixels wide";
    }
}
