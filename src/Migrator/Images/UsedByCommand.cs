using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages used-by: the games that show an image, and the uploads that hold it.</summary>
internal static class UsedByCommand
{
    private static readonly Argument<Guid> Image = ImageArgument.Create();
    private static readonly Option<int> Limit = NumberOption.Create(
        "--limit", "How many games, and how many uploads, to list at most.", defaultValue: 1000, min: 1);

    public static Command Create()
    {
        var command = new Command("used-by", "Lists the games of all guilds that show an image, and the uploads that hold it.")
        {
            Image,
            Limit,
        };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var uses = await new ImageDetailsReader(database.Operators).GetUsesAsync(
                parsed.GetRequiredValue(Image), parsed.GetValue(Limit), ct);
            Output.Of(parsed).Write(uses, text => Print(uses, text));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(ImageUses uses, Output text)
    {
        if (uses.TotalUploads > 0)
        {
            text.Table(
                ["UPLOAD", "USER", "GUILD", "EXPIRES"],
                uses.Uploads.Select(upload =>
                    new[] { $"{upload.UploadId}", upload.UserId, upload.GuildId ?? "-", $"{upload.ExpiresAt:u}" }));
            text.Line(Total(uses.TotalUploads, "upload", uses.Uploads.Count));
            text.Line();
        }

        text.Table(
            ["GAME", "GUILD", "STARTS", "STATUS", "SHOWN AS", "TITLE"],
            uses.Games.Select(game =>
                new[] { $"{game.GameId}", game.GuildId, $"{game.ScheduledAt:u}", game.Status, ShownAs(game), game.Title }));
        text.Line(Total(uses.Total, "game", uses.Games.Count));
    }

    private static string Total(long total, string one, int listed) =>
        total > listed ? $"{total.Count(one)}. The latest {listed} are listed." : $"{total.Count(one)}.";

    private static string ShownAs(ImageUse game) => game switch
    {
        { Thumbnail: true, Banner: true } => "both",
        { Thumbnail: true } => "thumbnail",
        _ => "banner",
    };
}
