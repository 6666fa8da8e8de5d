using System.Text.Json;
using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Preview;

/// <summary>Prints what would be announced, a line of JSON for each game. It takes nothing out of the outbox: a bot with a token announces it later.</summary>
internal sealed class PreviewWorker(
    IAnnouncedGameReader games,
    IOutboxSignal signal,
    AnnouncementFormatter formatter,
    TimeProvider time,
    ILogger<PreviewWorker> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        logger.LogInformation("There is no Discord:Token, so nothing is announced. What would be is printed here, and shown at /preview.");

        for (var last = 0L; !stoppingToken.IsCancellationRequested;)
        {
            var change = signal.NextChange;
            last = await PrintAsync(last, stoppingToken);
            await Task.WhenAny(change, Task.Delay(BetweenLooks, time, stoppingToken));
        }
    }

    private async Task<long> PrintAsync(long last, CancellationToken ct)
    {
        try
        {
            foreach (var (eventId, gameId, game) in await games.ReadWaitingAsync(last, ct))
            {
                var message = game is null ? "null" : JsonSerializer.Serialize(formatter.Format(game), DiscordJson.Default.DiscordMessage);
                await Console.Out.WriteLineAsync($$"""{"event_id":{{eventId}},"game_id":"{{gameId}}","message":{{message}}}""");
                last = eventId;
            }
        }
        catch (Exception away) when (DatabaseFaults.IsUnavailable(away) || DatabaseFaults.IsOldSchema(away))
        {
            logger.LogWarning("The database cannot serve now: {Reason}", away.Message);
        }

        return last;
    }
}
