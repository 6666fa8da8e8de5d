using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages export: the bytes of a picture, into a file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var image = ImageArgument.Create();
        var file = new Argument<string>("file")
        {
            Description = "The file to write, which must not exist yet; - for standard output.",
            HelpName = "FILE",
        };
        var command = new Command("export", "Writes the bytes of a picture into a file, also those of a picture in quarantine.")
        {
            image,
            file,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var (id, path) = (parsed.GetRequiredValue(image), parsed.GetRequiredValue(file));

                await using var database = await Database.OpenAsync(ct);
                var catalog = new ImageDetailsReader(database.Operators);
                var details = await catalog.GetAsync(id, ct);
                var isDamaged = false;

                if (path == "-")
                {
                    await using var output = Console.OpenStandardOutput();
                    await CopyAsync(output);
                }
                else
                {
                    await NewFile.WriteAsync(path, CopyAsync);
                    Output
                        .Of(parsed)
                        .Write(
                            new
                            {
                                id,
                                file = path,
                                bytes = details.ByteLength,
                                isDamaged,
                            },
                            text => text.Line($"Wrote {((long)details.ByteLength).Bytes()} to {path}."));
                }

                if (isDamaged)
                    await Console.Error.WriteLineAsync(
                        $"gameimages: The bytes of image {id} do not have its hash, {details.ContentHash}: they are damaged.");

                return isDamaged ? ExitCode.FoundProblems : ExitCode.Done;

                async Task CopyAsync(Stream destination) =>
                    isDamaged = $"{await catalog.CopyAsync(id, destination, ct)}" != details.ContentHash;
            });
        return command;
    }
}
