using System.Runtime.ExceptionServices;
using GameImages.Application.Announcements;
using GameImages.Bot.Discord;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Delivery;

/// <summary>Announces the changes of one game. After a failure it decides whether the bot retries or parks the changes.</summary>
internal sealed class Announcer(MessageUpdater updater, GuildRefusals refusals, BotMetrics metrics, ILogger<Announcer> logger)
{
    /// <exception cref="RateLimitedException">A rate limit allows no request now. Nothing was changed.</exception>
    /// <exception cref="WrongTokenException">Discord rejects the token.</exception>
    public async Task DeliverAsync(IDelivery delivery, CancellationToken ct)
    {
        using var scope = logger.BeginScope(
            new Dictionary<string, object> { ["GameId"] = delivery.GameId, ["EventId"] = delivery.EventId });

        var guild = delivery.Game?.Game.GuildId ?? delivery.Announcement.GuildId;
        if (guild is { } paused && refusals.Pause(paused) is var pause && pause > TimeSpan.Zero)
        {
            await PostponeAsync(
                delivery, pause, "refused", $"Discord refused {refusals.Share} requests for guild {paused} within 10 minutes.");
            return;
        }

        try
        {
            if (delivery.ReadFault is { } unreadable)
                ExceptionDispatchInfo.Throw(unreadable);

            await updater.UpdateAsync(delivery, ct);
        }
        catch (Exception refused) when (refused is MessageRefusedException or ForeignChannelException)
        {
            if (refused is MessageRefusedException && guild is { } refusing)
                refusals.Add(refusing);

            metrics.Fail("refused");
            logger.LogError(
                "Could not announce game {GameId}. Event {EventId} is parked until the game changes or an operator retries it. "
                    + "Reason: {Reason}",
                delivery.GameId,
                delivery.EventId,
                refused.Message);
            await delivery.ParkAsync(refused.Message);
        }
        catch (DiscordUnavailableException failure)
        {
            await PostponeAsync(delivery, RetryDelay.After(delivery.Attempts), "unavailable", failure.Message);
        }
        // Parking the game lets the bot continue with the others.
        catch (Exception fault)
            when (fault is not RateLimitedException and not WrongTokenException && !DatabaseFaults.IsUnavailable(fault))
        {
            metrics.Fail("fault");
            logger.LogError(
                fault,
                "Could not announce game {GameId} because of an unexpected error. Event {EventId} is parked until the game changes or "
                    + "an operator retries it.",
                delivery.GameId,
                delivery.EventId);
            await delivery.ParkAsync($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task PostponeAsync(IDelivery delivery, TimeSpan delay, string kind, string reason)
    {
        metrics.Fail(kind);
        logger.LogWarning(
            "Could not announce game {GameId}. Event {EventId} will be retried in {Delay}. Reason: {Reason}",
            delivery.GameId,
            delivery.EventId,
            delay,
            reason);
        await delivery.PostponeAsync(delay, reason);
    }
}
