using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages used-by: the games that show an image.</summary>
internal static class UsedByCommand
{
    private static readonly Argument<Guid> Image = ImageArgument.Create();
    private static readonly Option<int> Limit = NumberOption.Create(
        "--limit", "How many games to list at most.", defaultValue: 1000, min: 1);

    public static Command Create()
    {
        var command = new Command("used-by", "Lists the games of all guilds that show an image.") { Image, Limit };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var (games, total) = await new ImageDetailsReader(database.Operators).GetUsesAsync(
                parsed.GetRequiredValue(Image), parsed.GetValue(Limit), ct);
            Output.Of(parsed).Write(new { total, games }, text => Print(games, total, text));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ImageUse> games, long total, Output text)
    {
        text.Table(
            ["GAME", "GUILD", "STARTS", "STATUS", "SHOWN AS", "TITLE"],
            games.Select(game =>
                new[] { $"{game.GameId}", game.GuildId, $"{game.ScheduledAt:u}", game.Status, ShownAs(game), game.Title }));
        text.Line(total > games.Count
            ? $"{total.Count("game")}. The latest {games.Count} are listed."
            : $"{total.Count("game")}.");
    }

    private static string ShownAs(ImageUse game) => game switch
    {
        { Thumbnail: true, Banner: true } => "both",
        { Thumbnail: true } => "thumbnail",
        _ => "banner",
    };
}
