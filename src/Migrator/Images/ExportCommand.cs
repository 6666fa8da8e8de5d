using System.CommandLine;
using GameImages.Operations;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages export: writes the bytes of an image into a file.</summary>
internal static class ExportCommand
{
    private static readonly Argument<Guid> Image = ImageArgument.Create();
    private static readonly Argument<string> File = new("file")
    {
        Description = "The file to write, which must not exist; - for standard output.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("export", "Writes the bytes of an image into a file, even if the image is in quarantine.")
        {
            Image,
            File,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var path = parsed.GetRequiredValue(File);
        await using var database = await Database.OpenAsync(ct);
        var reader = new ImageDetailsReader(database.Operators);
        var image = await reader.GetAsync(parsed.GetRequiredValue(Image), ct);
        var isDamaged = false;

        if (path == "-")
        {
            await using var output = Console.OpenStandardOutput();
            await CopyAsync(output);
        }
        else
        {
            await NewFile.WriteAsync(path, CopyAsync);
            Output.Of(parsed).Write(
                new { image.Id, file = path, bytes = image.ByteLength, isDamaged },
                text => text.Line($"Wrote {((long)image.ByteLength).Bytes()} to {path}."));
        }

        if (!isDamaged)
            return ExitCode.Done;

        await Console.Error.WriteLineAsync(
            $"gameimages: Image {image.Id} is damaged: its bytes do not match its hash, {image.ContentHash}.");
        return ExitCode.FoundProblems;

        async Task CopyAsync(Stream destination) => isDamaged = !await reader.CopyAsync(image, destination, ct);
    }
}
