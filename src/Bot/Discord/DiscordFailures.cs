using GameImages.Application.Announcements;
using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

/// <summary>The message to edit does not exist.</summary>
internal sealed class UnknownMessageException(MessageReference at)
    : Exception($"There is no message {at.MessageId} in channel {at.ChannelId}.");

/// <summary>Discord refused the request. Sending it again would not help.</summary>
/// <param name="code">Discord's error code; null when the response is not Discord's.</param>
/// <param name="reason">Discord's explanation, with the invalid fields.</param>
internal sealed class MessageRefusedException(int? code, string reason) : Exception($"Discord refused the request: {reason}")
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
        : base($"Channel {channel} does not exist at Discord.")
    {
    }
}

/// <summary>Discord rejects the token, so the bot can send nothing.</summary>
internal sealed class WrongTokenException()
    : Exception("Discord rejects the bot's token. Set Discord:Token to the token from Discord's developer portal.");

/// <summary>A rate limit allows no request until the time has passed.</summary>
/// <param name="channel">The channel that the limit covers; null when it covers all requests.</param>
internal sealed class RateLimitedException(Snowflake? channel, TimeSpan retryAfter)
    : Exception($"Discord accepts no request {(channel is null ? "" : $"for channel {channel} ")}for {retryAfter}.")
{
    public Snowflake? Channel { get; } = channel;
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>Every attempt of a request failed. Discord may nevertheless have carried it out.</summary>
internal sealed class DiscordUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
