using GameImages.Application.Announcements;
using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

/// <summary>The message to edit is gone.</summary>
internal sealed class UnknownMessageException(MessageReference at)
    : Exception($"There is no message {at.MessageId} in channel {at.ChannelId}.");

/// <summary>Discord refuses what was sent, and would again.</summary>
/// <param name="code">Discord's own; null when something in front of Discord refused.</param>
/// <param name="reason">In Discord's words, with the fields that it complains of.</param>
internal sealed class MessageRefusedException(int? code, string reason) : Exception($"Discord refuses the request: {reason}")
{
    public int? Code { get; } = code;
    public string Reason { get; } = reason;
}

/// <summary>The channel does not belong to the game's guild, so the bot posts and edits nothing there.</summary>
internal sealed class ForeignChannelException : Exception
{
    /// <param name="guild">The guild of the game.</param>
    /// <param name="found">The guild of the channel; null for a direct message.</param>
    public ForeignChannelException(Snowflake channel, Snowflake guild, Snowflake? found)
        : base($"Channel {channel} belongs to {(found is null ? "no guild" : $"guild {found}")}, not to guild {guild}.")
    {
    }

    /// <summary>The channel does not exist.</summary>
    public ForeignChannelException(Snowflake channel)
        : base($"Discord knows no channel {channel}.")
    {
    }
}

/// <summary>Nothing can be sent with this token.</summary>
internal sealed class WrongTokenException() : Exception("Discord does not accept the token of the bot.");

/// <summary>Nothing may be sent before some time is over.</summary>
/// <param name="channel">Where; null for everywhere.</param>
internal sealed class RateLimitedException(Snowflake? channel, TimeSpan retryAfter)
    : Exception($"Discord takes nothing {(channel is null ? "at all" : $"for channel {channel}")} for {retryAfter}.")
{
    public Snowflake? Channel { get; } = channel;
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>Discord did not answer as it should, however often it was asked; what was asked for may have happened.</summary>
internal sealed class DiscordUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
