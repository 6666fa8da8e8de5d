using System.Text.Json;
using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Preview;

/// <summary>
/// Prints the announcements that a bot with a token would send, one line of JSON for each game. It leaves the outbox unchanged, so a bot
/// with a token can announce the games later.
/// </summary>
internal sealed class PreviewWorker(
    IAnnouncedGameReader games,
    IOutboxSignal signal,
    AnnouncementFormatter formatter,
    TimeProvider time,
    ILogger<PreviewWorker> logger) : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        logger.LogInformation(
            "Discord:Token is not set, so the bot sends nothing. It prints the announcements to standard output and shows them at "
                + "/preview.");

        for (var last = 0L; !stoppingToken.IsCancellationRequested;)
        {
            var change = signal.NextChange;
            last = await PrintAsync(last, stoppingToken);
            await Task.WhenAny(change, Task.Delay(CheckInterval, time, stoppingToken));
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
        catch (Exception failure) when (DatabaseFaults.IsUnavailable(failure) || DatabaseFaults.IsOldSchema(failure))
        {
            logger.LogWarning(
                "Could not read the outbox. The preview retries in {Delay}. Reason: {Reason}", CheckInterval, failure.Message);
        }

        return last;
    }
}
