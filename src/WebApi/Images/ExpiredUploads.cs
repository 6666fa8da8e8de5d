using GameImages.Application.Images;
using MediatR;

namespace GameImages.WebApi.Images;

/// <summary>Ends expired uploads, a few at a time. Several instances may do so at once.</summary>
internal sealed class ExpiredUploads(IServiceScopeFactory scopes, TimeProvider time, ILogger<ExpiredUploads> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);

        do
        {
            try
            {
                while (await EndSomeAsync(stoppingToken))
                    continue;
            }
            // The database may be unavailable for a while. The next round tries again.
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Could not end expired uploads. The service tries again in {Interval}. Reason: {Reason}",
                    Interval, failed.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> EndSomeAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new EndExpiredUploads(), ct);
    }
}
