using System.Collections.Concurrent;
using GameImages.Application.Announcements;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Delivery;

/// <summary>Delivers what is in the outbox, several games at a time, as soon as it is there and Discord takes it.</summary>
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
    /// <summary>Also when nobody tells of changes.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Snowflake, DateTimeOffset> fullChannels = new();

    // In ticks of UTC.
    private long pausedUntil;
    private int databaseAway;
    private int wrongToken;

    /// <summary>Discord knows no such token, and so the process ends.</summary>
    public bool HasWrongToken => wrongToken == 1;

    private TimeSpan Pause => TimeSpan.FromTicks(Interlocked.Read(ref pausedUntil) - time.GetUtcNow().UtcTicks);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await IsTokenRightAsync(stoppingToken))
            return;

        var workers = Enumerable.Range(0, settings.Concurrency).Select(_ => WorkAsync(stoppingToken)).ToList();

        // One that fails ends the process, instead of leaving less and less of them.
        var first = await Task.WhenAny(workers);
        await (first.IsFaulted ? first : Task.WhenAll(workers));
    }

    // Also when there is nothing to send yet. While Discord is away, nobody knows.
    private async Task<bool> IsTokenRightAsync(CancellationToken ct)
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
        catch (Exception away) when (away is DiscordUnavailableException or RateLimitedException or MessageRefusedException)
        {
            logger.LogWarning("Discord does not say whether it knows the token: {Reason}", away.Message);
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

    /// <returns>False when there is nothing to do for now.</returns>
    private async Task<bool> TryDeliverAsync(CancellationToken ct)
    {
        if (Pause > TimeSpan.Zero)
            return false;

        IDelivery? claimed = null;
        try
        {
            await using var delivery = claimed = await outbox.ClaimAsync(FullChannels(), ct);
            if (Interlocked.Exchange(ref databaseAway, 0) == 1)
                logger.LogInformation("The database serves again.");
            if (delivery is null)
                return false;

            // What is on its way is finished: so nobody has to find out later whether it arrived.
            await announcer.DeliverAsync(delivery, CancellationToken.None);
            return true;
        }
        catch (RateLimitedException limited)
        {
            metrics.Fail("rate_limited");
            Remember(limited, claimed!.Channels);
            return true;
        }
        catch (WrongTokenException wrong)
        {
            Stop(wrong);
            return false;
        }
        catch (Exception away) when (DatabaseFaults.IsUnavailable(away) || DatabaseFaults.IsOldSchema(away))
        {
            metrics.Fail("database");
            if (Interlocked.Exchange(ref databaseAway, 1) == 0)
                logger.LogWarning("The database cannot serve now: {Reason}", away.Message);
            if (claimed is not null)
                await LookAgainAsync(claimed, ct);
            return false;
        }
    }

    // Its locks went with its connection, so others may have delivered a later state before Discord did what it was sent: the last word is the game's.
    private async Task LookAgainAsync(IDelivery lost, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await outbox.AddAsync(lost.GameId, lost.Channels.First(), ct);
                return;
            }
            catch (Exception away) when (DatabaseFaults.IsUnavailable(away))
            {
                await Task.Delay(BetweenLooks, time, ct);
            }
        }
    }

    private void Stop(WrongTokenException wrong)
    {
        if (Interlocked.Exchange(ref wrongToken, 1) == 1)
            return;

        logger.LogCritical("{Reason}", wrong.Message);
        lifetime.StopApplication();
    }

    // The channel that is full may be one that the game has left: the change does not name it, and would come again at once.
    private void Remember(RateLimitedException limited, IEnumerable<Snowflake> channels)
    {
        var until = time.GetUtcNow() + limited.RetryAfter;
        if (limited.Channel is null)
            Interlocked.Exchange(ref pausedUntil, until.UtcTicks);
        else
            foreach (var channel in channels.Append(limited.Channel.Value))
                fullChannels[channel] = until;
    }

    private List<Snowflake> FullChannels()
    {
        var now = time.GetUtcNow();
        foreach (var (channel, until) in fullChannels)
        {
            if (until <= now)
                fullChannels.TryRemove(new(channel, until));
        }

        return [.. fullChannels.Keys];
    }

    // Until there is something new, a channel takes messages again, or it is time to look anyway.
    private async Task WaitAsync(Task change, CancellationToken ct)
    {
        var (now, pause) = (time.GetUtcNow(), Pause);
        var longest = pause > TimeSpan.Zero ? pause : fullChannels.Values.Select(until => until - now).Append(BetweenLooks).Min();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var delay = Task.Delay(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, time, waiting.Token);

        await Task.WhenAny(pause > TimeSpan.Zero ? delay : change, delay);
        await waiting.CancelAsync();
    }
}
