using GameImages.Application.Announcements;
using GameImages.Bot.Discord;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Delivery;

/// <summary>Claims the changes in the outbox and announces them, several games at a time.</summary>
internal sealed class AnnouncementWorker(
    IOutbox outbox,
    IOutboxSignal signal,
    IDiscord discord,
    Announcer announcer,
    DiscordSettings settings,
    BotMetrics metrics,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<AnnouncementWorker> logger) : BackgroundService
{
    // The bot also checks the outbox without a notification, because notifications can be lost.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);

    private readonly SendingPauses pauses = new(time);
    private int databaseFailed;
    private int wrongToken;

    /// <summary>Whether the process ends because Discord rejects the token.</summary>
    public bool HasWrongToken => wrongToken == 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await IsTokenUsableAsync(stoppingToken))
            return;

        var workers = Enumerable.Range(0, settings.Concurrency).Select(_ => WorkAsync(stoppingToken)).ToList();

        // A worker that fails ends the process. Otherwise the bot would continue with fewer and fewer workers.
        var first = await Task.WhenAny(workers);
        await (first.IsFaulted ? first : Task.WhenAll(workers));
    }

    // The check finds a wrong token at the start, even when there is nothing to send.
    private async Task<bool> IsTokenUsableAsync(CancellationToken ct)
    {
        try
        {
            await discord.CheckTokenAsync(ct);
        }
        catch (WrongTokenException wrong)
        {
            Stop(wrong);
            return false;
        }
        catch (Exception failure) when (failure is DiscordUnavailableException or RateLimitedException or MessageRefusedException)
        {
            logger.LogWarning("Could not check the token. The bot continues without the check. Reason: {Reason}", failure.Message);
        }

        return true;
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var change = signal.NextChange;
            if (!await TryDeliverAsync(ct))
                await WaitAsync(change, ct);
        }
    }

    /// <returns>False when the bot can announce nothing now.</returns>
    private async Task<bool> TryDeliverAsync(CancellationToken ct)
    {
        if (pauses.IsEverythingPaused)
            return false;

        IDelivery? claimed = null;
        try
        {
            await using var delivery = claimed = await outbox.ClaimAsync(pauses.PausedChannels(), ct);
            if (Interlocked.Exchange(ref databaseFailed, 0) == 1)
                logger.LogInformation("The database works again. The bot continues to announce games.");
            if (delivery is null)
                return false;

            // A delivery that has begun is finished even when the bot stops. Otherwise a later one had to find out what Discord received.
            await announcer.DeliverAsync(delivery, CancellationToken.None);
            return true;
        }
        catch (RateLimitedException limit)
        {
            metrics.Fail("rate_limited");
            pauses.Add(limit, claimed!.Channels);
            return true;
        }
        catch (WrongTokenException wrong)
        {
            Stop(wrong);
            return false;
        }
        catch (Exception failure) when (DatabaseFaults.IsUnavailable(failure) || DatabaseFaults.IsOldSchema(failure))
        {
            metrics.Fail("database");
            if (Interlocked.Exchange(ref databaseFailed, 1) == 0)
                logger.LogWarning(
                    "Could not use the database. The bot retries every {Interval}. Reason: {Reason}", CheckInterval, failure.Message);
            if (claimed is not null)
                await AddAgainAsync(claimed, ct);
            return false;
        }
    }

    // The lost connection released the locks of this delivery. Another worker may have announced a later state before Discord carried out
    // this delivery's request. One more announcement makes sure that the message shows the current state.
    private async Task AddAgainAsync(IDelivery lost, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await outbox.AddAsync(lost.GameId, lost.Channels.First(), ct);
                return;
            }
            catch (Exception failure) when (DatabaseFaults.IsUnavailable(failure))
            {
                await Task.Delay(CheckInterval, time, ct);
            }
        }
    }

    private void Stop(WrongTokenException wrong)
    {
        if (Interlocked.Exchange(ref wrongToken, 1) == 1)
            return;

        logger.LogCritical("{Reason} The bot stops.", wrong.Message);
        lifetime.StopApplication();
    }

    // A change ends the wait early, unless everything is paused.
    private async Task WaitAsync(Task change, CancellationToken ct)
    {
        var isEverythingPaused = pauses.IsEverythingPaused;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var delay = Task.Delay(pauses.NextWait(CheckInterval), time, waiting.Token);

        await Task.WhenAny(isEverythingPaused ? delay : change, delay);
        await waiting.CancelAsync();
    }
}
