using System.Data;
using GameImages.Application.Announcements;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GameImages.Infrastructure.Announcements;

/// <summary>Hears of new changes on a connection of its own. Who waits looks now and then anyway, so a connection that is lost only costs time.</summary>
internal sealed class OutboxListener(BotDatabase database, TimeProvider time, ILogger<OutboxListener> logger)
    : BackgroundService,
        IOutboxSignal
{
    private static readonly TimeSpan BetweenConnections = TimeSpan.FromSeconds(1);

    private TaskCompletionSource next = New();
    private bool isListening = true;

    public Task NextChange => Volatile.Read(ref next).Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception lost) when (!stoppingToken.IsCancellationRequested)
            {
                if (isListening)
                    logger.LogWarning("Changes are looked for now and then, because nobody tells of them: {Reason}", lost.Message);
                isListening = false;
            }

            await Task.Delay(BetweenConnections, time, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        connection.Notification += (_, _) => Signal();
        await connection.ExecuteAsync(new($"LISTEN {V0007_Outbox.Channel}", cancellationToken: ct));

        try
        {
            if (!isListening)
                logger.LogInformation("Changes are told of again.");
            isListening = true;

            // Of what came before, nobody has told.
            Signal();

            while (true)
                await connection.WaitAsync(ct);
        }
        finally
        {
            // The next user of the connection asked for nothing.
            if (connection.State == ConnectionState.Open)
                await connection.ExecuteAsync(new("UNLISTEN *", cancellationToken: CancellationToken.None));
        }
    }

    private void Signal() => Interlocked.Exchange(ref next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
