using System.CommandLine;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages used-by: the games that show a picture.</summary>
internal static class UsedByCommand
{
    public static Command Create()
    {
        var image = ImageArgument.Create();
        var limit = new Option<int>("--limit")
        {
            Description = "How many games to list at most.",
            HelpName = "n",
            DefaultValueFactory = _ => 1000,
        };
        var command = new Command("used-by", "Lists the games that show a picture, of every guild.") { image, limit };
        command.SetAction(async (parsed, ct) =>
        {
            var most = parsed.GetValue(limit) is var n and > 0 ? n : throw new UsageException("--limit takes a positive number.");

            await using var database = await Database.OpenAsync(ct);
            var (games, total) = await new ImageDetailsReader(database.Operators).GetUsesAsync(parsed.GetRequiredValue(image), most, ct);
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
                new[]
                {
                    $"{game.GameId}",
                    game.GuildId,
                    $"{game.ScheduledAt:u}",
                    game.Status,
                    game is { Thumbnail: true, Banner: true } ? "both"
                    : game.Thumbnail ? "thumbnail"
                    : "banner",
                    game.Title,
                }));
        text.Line($"{total.Count("game")}{(total > games.Count ? $", of which the latest {games.Count} are listed" : "")}.");
    }
}
