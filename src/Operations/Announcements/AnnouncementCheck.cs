
namespace GameImages.Operations.Announcements;

/// <summary>Whether a game has its message, and why it has none.</summary>
internal static class AnnouncementCheck
{
    private const string Name = "announcement";

    public static IEnumerable<Finding> Judge(AnnouncementDetails game)
    {
        if (game.GuildOfGameChannel is { } guild && guild != game.GuildId)
            yield return new(
                Name, Health.Problem,
                $"its channel {game.GameChannelId} belongs to guild {guild}, not to its guild {game.GuildId}",
                "Give the game a channel of its guild. The bot announces each change of a game.");

        if (game.MessageId is not null)
            yield return new(Name, Health.Ok, $"message {game.MessageId} in channel {game.ChannelId}: https://discord.com/channels/{game.GuildId}/{game.ChannelId}/{game.MessageId}");
        else if (game.IsLeftAlone)
            yield return new(
                Name,
                Health.Warning,
                "somebody deleted its message, and it is not posted anew",
                "Discord:DeletedMessages says whether deleted messages are: PostAgain or LeaveAlone.");
        else if (game.Waiting is null)
            yield return new(Name, Health.Warning, "it has no message, and nothing waits", "Change the game: each change is announced.");

        if (game.Waiting is { ParkedAt: { } parkedAt } parked)
            yield return new(
                Name,
                Health.Problem,
                $"parked since {parkedAt:u}: {parked.Reason}",
                $"Mend that, then gameimages outbox retry {game.GameId}");
        else if (game.Waiting is { } waiting)
        {
            var reason = waiting.Reason is null ? "" : $": {waiting.Reason}";
            yield return new(
                Name,
                Health.Warning,
                $"waiting since {waiting.Since:u}, attempt {waiting.Attempts + 1} from {waiting.NextAttemptAt:u}{reason}",
                "Does the bot run? Its log says what it waits for.");
        }

        if (game.PictureFailures > 0)
            yield return new(
                Name,
                Health.Warning,
                $"Discord could not show the pictures {game.PictureFailures} times in a row",
                "Mend what is found above; the bot asks again by itself.");
    }
}
