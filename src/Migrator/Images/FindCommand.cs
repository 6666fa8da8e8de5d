using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages find: whether a picture is stored, and under which id.</summary>
internal static class FindCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The picture.", HelpName = "FILE" };
        var command = new Command("find", "Tells whether a picture is stored, by the hash that it has without its metadata.") { file };
        command.SetAction(async (parsed, ct) =>
        {
            var picture = await PictureFile.ReadAsync(parsed.GetRequiredValue(file), ct);

            await using var database = await Database.OpenAsync(ct);
            var catalog = new ImageDetailsReader(database.Operators);
            var images = await catalog.FindAsync(picture.Hashes, ct);
            var blocked = await catalog.FindBlockedAsync(picture.Hashes, ct);
            Output.Of(parsed).Write(new { content_hash = $"{picture.Clean}", is_blocked = blocked.Count > 0, images }, text =>
            {
                foreach (var image in images)
                    ShowCommand.Print(image, text);
                if (images.Count == 0)
                    text.Line($"The picture is not stored. Its hash would be {picture.Clean}.");
                if (blocked.Count > 0)
                    text.Line("The picture is blocked.");
            });
            return images.Count > 0 ? ExitCode.Done : ExitCode.FoundProblems;
        });
        return command;
    }
}
