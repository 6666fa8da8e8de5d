using System.ComponentModel;
using GameImages.Application.Images;
using GameImages.Infrastructure.Database;
using GameImages.Variants.Decoding;

namespace GameImages.Variants;

/// <summary>
/// Makes the variants of one image after the other. The database notifies it of new images. It also looks at intervals, because a
/// notification can be lost.
/// </summary>
internal sealed class VariantWorker(
    IVariantBacklog backlog, VariantMaker maker, VariantWidths widths, IHostApplicationLifetime program, TimeProvider time,
    ILogger<VariantWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private Guid? stoppedImage;

    /// <summary>Whether the worker has stopped because libvips does not load on this machine.</summary>
    public bool LacksDecoder { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await LacksDecoderAsync(stoppingToken))
            return;

        while (!stoppingToken.IsCancellationRequested)
        {
            // The signal is taken before the backlog is read, so an image that is stored meanwhile is not missed.
            var change = backlog.NextChange;
            if (await TryMakeNextAsync(stoppingToken) is { } delay)
                await Task.WhenAny(change, Task.Delay(delay, time, stoppingToken));
        }
    }

    // It is checked without an image. Later, an image that has taken over its decoder could stop the worker.
    private async Task<bool> LacksDecoderAsync(CancellationToken ct)
    {
        try
        {
            await maker.CheckAsync(ct);
        }
        catch (DecoderMissingException missing)
        {
            logger.LogError("The worker stops, because it cannot decode images. {Reason}", missing.Message);
            LacksDecoder = true;
            program.StopApplication();
        }

        return LacksDecoder;
    }

    /// <returns>The time to wait, or null if there may be another image.</returns>
    private async Task<TimeSpan?> TryMakeNextAsync(CancellationToken ct)
    {
        try
        {
            return await MakeNextAsync(ct) ? null : Interval;
        }
        catch (DecoderStoppedException)
        {
            return RetryDelay;
        }
        catch (Exception unavailable) when (!ct.IsCancellationRequested && MayPass(unavailable))
        {
            logger.LogWarning(
                "Could not work on images. The worker tries again in {Delay}. Reason: {Reason}", RetryDelay, unavailable.Message);
            return RetryDelay;
        }
    }

    // An operator may have to migrate the schema first. A process cannot be started while the system lacks memory or processes.
    private static bool MayPass(Exception fault) =>
        DatabaseFaults.IsUnavailable(fault) || DatabaseFaults.IsOldSchema(fault) || fault is Win32Exception;

    /// <returns>False if no image waits.</returns>
    private async Task<bool> MakeNextAsync(CancellationToken ct)
    {
        await using var image = await backlog.ClaimAsync(ct);
        if (image is null)
            return false;

        try
        {
            if (!image.IsIntact)
                throw new VariantsFailedException("The bytes differ from their hash. Run gameimages verify.");

            var started = time.GetTimestamp();
            var variants = await maker.MakeAsync(image.Format, image.Bytes, widths.Values, ct);
            if (await image.StoreAsync(variants, ct))
                logger.LogInformation(
                    "Made {Count} variants of image {ImageId} in {Duration} ms.",
                    variants.Variants.Count, image.Id, (long)time.GetElapsedTime(started).TotalMilliseconds);
        }
        // The other images must not wait for one whose child ends again and again.
        catch (DecoderStoppedException stopped) when (!stopped.HasStarted || stoppedImage != image.Id)
        {
            logger.LogWarning(
                "Could not make variants of image {ImageId}: {Reason} The worker tries again in {Delay}.",
                image.Id, stopped.Message, RetryDelay);
            stoppedImage = image.Id;
            throw;
        }
        catch (Exception failed) when (failed is VariantsFailedException or DecoderStoppedException)
        {
            logger.LogWarning(
                "Could not make variants of image {ImageId}: {Reason} The original is shown instead, until an operator runs "
                + "gameimages variants retry.",
                image.Id, failed.Message);
            await image.RefuseAsync(failed.Message, ct);
        }

        return true;
    }
}
