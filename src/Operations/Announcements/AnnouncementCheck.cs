namespace GameImages.Operations.Announcements;

/// <summary>Checks whether a game has an announcement, and gives the reason if it has none.</summary>
internal static class AnnouncementCheck
{
    private const string Name = "announcement";

    public static IEnumerable<Finding> Check(AnnouncementDetails game)
    {
        if (game.GuildOfGameChannel is { } guild && guild != game.GuildId)
        {
            yield return new(
                Name,
                Health.Problem,
                $"its channel {game.GameChannelId} belongs to guild {guild}, not to its guild {game.GuildId}",
                "Give the game a channel of its guild. The bot announces each change of a game.");
        }

        if (CheckMessage(game) is { } message)
            yield return message;
        if (game.Waiting is not null)
            yield return CheckOutbox(game.GameId, game.Waiting);

        if (game.ImageFailures > 0)
        {
            yield return new(
                Name,
                Health.Warning,
                $"Discord could not show the images {game.ImageFailures} times in a row",
                "Correct the problems above. The bot then tries again by itself.");
        }
    }

    private static Finding? CheckMessage(AnnouncementDetails game)
    {
        if (game.MessageId is not null)
        {
            var url = $"https://discord.com/channels/{game.GuildId}/{game.ChannelId}/{game.MessageId}";
            return new(Name, Health.Ok, $"message {game.MessageId} in channel {game.ChannelId}: {url}");
        }

        if (game.IsLeftAlone)
        {
            return new(
                Name,
                Health.Warning,
                "its message was deleted on Discord, and the bot does not post it again",
                "The setting Discord:DeletedMessages decides about deleted messages: PostAgain or LeaveAlone.");
        }

        return game.Waiting is not null
            ? null
            : new(Name, Health.Warning, "it has no message, and no change waits", "Change the game: the bot announces each change.");
    }

    private static Finding CheckOutbox(Guid gameId, OutboxGame waiting)
    {
        if (waiting.ParkedAt is { } parkedAt)
        {
            return new(
                Name,
                Health.Problem,
                $"parked since {parkedAt:u}: {waiting.Reason}",
                $"Correct the reason, then run gameimages outbox retry {gameId}");
        }

        var reason = waiting.Reason is null ? "" : $": {waiting.Reason}";
        return new(
            Name,
            Health.Warning,
            $"waiting since {waiting.Since:u}, attempt {waiting.Attempts + 1} from {waiting.NextAttemptAt:u}{reason}",
            "Check that the bot runs. Its log says what it waits for.");
    }
}
