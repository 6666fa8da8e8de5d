using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages find: whether an image is stored, and under which id.</summary>
internal static class FindCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("file") { Description = "The image.", HelpName = "FILE" };
        var command = new Command("find", "Shows whether an image is stored, by the hash of its bytes without metadata.") { path };
        command.SetAction(async (parsed, ct) =>
        {
            var file = await ImageFile.ReadAsync(parsed.GetRequiredValue(path), ct);

            await using var database = await Database.OpenAsync(ct);
            var images = await new ImageDetailsReader(database.Operators).FindAsync(file.Hashes, ct);
            var blocked = await new BlockedHashes(database.Operators).FindAsync(file.Hashes, ct);
            Output.Of(parsed).Write(new { content_hash = $"{file.Clean}", is_blocked = blocked.Count > 0, images }, text =>
            {
                foreach (var image in images)
                    ShowCommand.Print(image, text);
                if (images.Count == 0)
                    text.Line($"The image is not stored. Its hash would be {file.Clean}.");
                if (blocked.Count > 0)
                    text.Line("The image is blocked.");
            });
            return images.Count > 0 ? ExitCode.Done : ExitCode.FoundProblems;
        });
        return command;
    }
}
