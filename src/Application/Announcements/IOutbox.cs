using GameImages.Domain.Games;

namespace GameImages.Application.Announcements;

/// <summary>The changes of games that are not announced yet.</summary>
public interface IOutbox
{
    /// <summary>Takes the game whose change is due for longest, with all its changes, for as long as the delivery is not disposed.</summary>
    /// <param name="exceptChannels">Channels that nothing can be delivered to now.</param>
    /// <returns>Null when there is none that nobody else is delivering.</returns>
    Task<IDelivery?> ClaimAsync(IReadOnlyCollection<Snowflake> exceptChannels, CancellationToken ct);

    /// <summary>Has the game looked at once more.</summary>
    Task AddAsync(Guid gameId, Snowflake channelId, CancellationToken ct);

    Task<OutboxState> ReadStateAsync(CancellationToken ct);
}

/// <summary>How much there is to announce.</summary>
/// <param name="Waiting">Games with a change that is not announced yet.</param>
/// <param name="Lag">How long the eldest of these changes has waited.</param>
/// <param name="Parked">Games with a change that nobody tries to announce any more.</param>
public sealed record OutboxState(int Waiting, TimeSpan Lag, int Parked);

/// <summary>
/// One game whose announcement is to become true. Nobody else has it meanwhile, and who changes the game does not wait for it: a change that
/// is made after it was claimed is another delivery. Disposing it unfinished leaves everything as it was.
/// </summary>
public interface IDelivery : IAsyncDisposable
{
    /// <summary>The last of the changes that it announces.</summary>
    long EventId { get; }

    Guid GameId { get; }

    /// <summary>How often it was tried before.</summary>
    int Attempts { get; }

    /// <summary>Where the game was when it changed.</summary>
    IReadOnlyCollection<Snowflake> Channels { get; }

    /// <summary>The game as it is now; null when it was deleted.</summary>
    AnnouncedGame? Game { get; }

    /// <summary>What was announced of it before.</summary>
    Announcement Announcement { get; }

    /// <returns>The content of one of the game's pictures; null when it is gone.</returns>
    Task<byte[]?> ReadPictureAsync(Guid imageId, CancellationToken ct);

    /// <summary>Keeps in mind at once, whatever becomes of this delivery, that a message is posted.</summary>
    /// <param name="guildId">The guild of the game.</param>
    Task BeginPostAsync(Snowflake channelId, Snowflake guildId, CancellationToken ct);

    /// <summary>Keeps in mind, likewise, which message that was.</summary>
    Task EndPostAsync(Announcement announcement, CancellationToken ct);

    /// <summary>Keeps what was announced, and forgets the changes.</summary>
    /// <param name="again">After which time the announcement is to be looked at once more, if at all.</param>
    Task CompleteAsync(Announcement announcement, TimeSpan? again = null);

    /// <summary>To be tried again after some time, which counts as an attempt.</summary>
    Task PostponeAsync(TimeSpan delay, string reason);

    /// <summary>Not to be tried again before an operator says so, or the game changes. Nothing was posted.</summary>
    Task ParkAsync(string reason);
}
