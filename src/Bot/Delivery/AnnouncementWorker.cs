using System.Collections.Concurrent;
using GameImages.Application.Announcements;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Infrastructure;

namespace GameImages.Bot.Delivery;

/// <summary>Delivers what is in the outbox, several games at a time, as soon as it is there and Discord takes it.</summary>
internal sealed class AnnouncementWorker(
    IOutbox outbox, IOutboxSignal signal, Announcer announcer, DiscordSettings settings, BotMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AnnouncementWorker> logger)
    : BackgroundService
{
    /// <summary>Also when nobody tells of changes.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Snowflake, DateTimeOffset> fullChannels = new();

    // In ticks of UTC.
    private long pausedUntil;
    private int databaseAway;

    /// <summary>Discord knows no such token, and so the process ends.</summary>
    public bool HasWrongToken { get; private set; }

    private TimeSpan Pause => TimeSpan.FromTicks(Interlocked.Read(ref pausedUntil) - time.GetUtcNow().UtcTicks);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = Enumerable.Range(0, settings.Concurrency).Select(_ => WorkAsync(stoppingToken)).ToList();

        // One that fails ends the process, instead of leaving less and less of them.
        var first = await Task.WhenAny(workers);
        await (first.IsFaulted ? first : Task.WhenAll(workers));
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

        try
        {
            await using var delivery = await outbox.ClaimAsync(FullChannels(), ct);
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
            Remember(limited);
            return true;
        }
        catch (WrongTokenException wrong)
        {
            logger.LogCritical("{Reason}", wrong.Message);
            HasWrongToken = true;
            lifetime.StopApplication();
            return false;
        }
        catch (Exception away) when (DatabaseFaults.IsUnavailable(away) || DatabaseFaults.IsOldSchema(away))
        {
            metrics.Fail("database");
            if (Interlocked.Exchange(ref databaseAway, 1) == 0)
                logger.LogWarning("The database cannot serve now: {Reason}", away.Message);
            return false;
        }
    }

    private void Remember(RateLimitedException limited)
    {
        var until = time.GetUtcNow() + limited.RetryAfter;
        if (limited.Channel is { } channel)
            fullChannels[channel] = until;
        else
            Interlocked.Exchange(ref pausedUntil, until.UtcTicks);
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
