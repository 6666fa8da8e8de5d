using GameImages.Domain.Games;

namespace GameImages.Application.Announcements;

/// <summary>The events of games that are not announced yet.</summary>
public interface IOutbox
{
    /// <summary>Claims the game whose event is due first, with all its events, until the delivery is disposed.</summary>
    /// <param name="exceptChannels">Channels to which nothing can be delivered now.</param>
    /// <returns>Null when no event is due that no other delivery has claimed.</returns>
    Task<IDelivery?> ClaimAsync(IReadOnlyCollection<Snowflake> exceptChannels, CancellationToken ct);

    /// <summary>Adds an event, so that the game is announced once more.</summary>
    Task AddAsync(Guid gameId, Snowflake channelId, CancellationToken ct);

    Task<OutboxState> ReadStateAsync(CancellationToken ct);
}

/// <summary>The size of the outbox.</summary>
/// <param name="Waiting">The number of games with an event that waits to be announced.</param>
/// <param name="Lag">How long the oldest of these events has waited.</param>
/// <param name="Parked">The number of games with an event that the bot no longer tries to announce.</param>
public sealed record OutboxState(int Waiting, TimeSpan Lag, int Parked);

/// <summary>
/// The delivery of one game's events. No other delivery can claim these events meanwhile. Requests that change the game do not wait for
/// the delivery: their events belong to the next one. Disposing an unfinished delivery changes nothing.
/// </summary>
public interface IDelivery : IAsyncDisposable
{
    /// <summary>The last event that it announces.</summary>
    long EventId { get; }

    Guid GameId { get; }

    /// <summary>The number of earlier attempts.</summary>
    int Attempts { get; }

    /// <summary>The channels that the game had when its events were added.</summary>
    IReadOnlyCollection<Snowflake> Channels { get; }

    /// <summary>The game as it is now; null when it was deleted.</summary>
    AnnouncedGame? Game { get; }

    /// <summary>Why the database cannot read the game and its announcement, such as a damaged page; otherwise null.</summary>
    Exception? ReadFault { get; }

    /// <summary>The announcement as the last delivery left it.</summary>
    Announcement Announcement { get; }

    /// <returns>The content of one of the game's images; null when there is no such image.</returns>
    Task<byte[]?> ReadImageAsync(Guid imageId, CancellationToken ct);

    /// <summary>Records that a message is about to be posted. The record stays even if this delivery fails.</summary>
    /// <param name="guildId">The guild of the game.</param>
    Task BeginPostAsync(Snowflake channelId, Snowflake guildId, CancellationToken ct);

    /// <summary>Records the message that was posted. The record stays even if this delivery fails.</summary>
    Task EndPostAsync(Announcement announcement, CancellationToken ct);

    /// <summary>Saves the announcement and deletes the events.</summary>
    /// <param name="again">The time after which the game is announced once more; null for not at all.</param>
    Task CompleteAsync(Announcement announcement, TimeSpan? again = null);

    /// <summary>Makes the events due again after a delay, and counts an attempt.</summary>
    Task PostponeAsync(TimeSpan delay, string reason);

    /// <summary>Parks the events until an operator retries them or the game changes. Nothing was posted.</summary>
    Task ParkAsync(string reason);
}
