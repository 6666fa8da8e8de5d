using System.Data;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// Listens to what the database says of pictures that go (NOTIFY of a trigger on game_images), on a connection of its own, and has them
/// forgotten. A question that the server answered on this connection proves that whatever was committed before it was asked has been heard,
/// so the pictures in memory count for <see cref="PublicImages.Trust"/> after it was asked, and no longer, whatever happens to connection and server.
/// </summary>
internal sealed class ImageChanges(
    ChangesDatabase database, PublicImages images, TimeProvider time, ILogger<ImageChanges> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenConnections = TimeSpan.FromMilliseconds(500);
    private const int PatienceSeconds = 2;

    private bool isFollowing = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception lost) when (!stoppingToken.IsCancellationRequested)
            {
                images.ForgetAll();

                if (isFollowing)
                    logger.LogWarning(
                        "Pictures are kept in memory for less than a second, because nobody tells which ones go: {Reason}",
                        lost.Message);
                isFollowing = false;
            }

            await Task.Delay(BetweenConnections, time, stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        connection.Notification += (_, change) => Forget(change.Payload);
        await connection.ExecuteAsync(
            new($"LISTEN {V0005_NotifyImageChanges.Channel}", commandTimeout: PatienceSeconds, cancellationToken: ct));

        try
        {
            // Of what was read before, nobody has heard.
            images.ForgetAll();

            while (true)
                await ListenAsync(connection, ct);
        }
        finally
        {
            // The next user of the connection asked for nothing.
            if (connection.State == ConnectionState.Open)
                await connection.ExecuteAsync(
                    new("UNLISTEN *", commandTimeout: PatienceSeconds, cancellationToken: CancellationToken.None));
        }
    }

    // Asks, and then waits for what there is to hear until it is time to ask again.
    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        await AskAsync(connection, ct);
        images.HeardUntil(asked);

        if (!isFollowing)
            logger.LogInformation("Pictures are kept in memory again.");
        isFollowing = true;

        // Less than a millisecond would be none to Npgsql, which stands for ever.
        while (BetweenQuestions - time.GetElapsedTime(asked) is { TotalMilliseconds: >= 1 } rest && await connection.WaitAsync(rest, ct))
        {
        }
    }

    private static async Task AskAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (server, triggers) = await connection.QuerySingleAsync<(int, int)>(new(
            """
            SELECT pg_backend_pid(), count(*)::int FROM pg_trigger
            WHERE tgrelid = 'game_images'::regclass AND tgname IN ('notify_image_change', 'notify_image_truncation') AND tgenabled = 'A'
            """,
            commandTimeout: PatienceSeconds, cancellationToken: ct));

        if (server != connection.ProcessID)
            throw new NotSupportedException("between here and the database stands a pooler, which passes no notifications on.");
        if (triggers != 2)
            throw new NotSupportedException("the triggers of game_images that tell it are missing or disabled.");
    }

    // Without an id after TRUNCATE.
    private void Forget(string payload)
    {
        if (Guid.TryParse(payload, out var id))
            images.Forget(id);
        else
            images.ForgetAll();
    }
}
