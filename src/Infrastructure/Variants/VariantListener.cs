using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Logging;

namespace GameImages.Infrastructure.Variants;

/// <summary>Raises the signal when the database reports a new image.</summary>
internal sealed class VariantListener(
    VariantDatabase database, NotificationSignal signal, TimeProvider time, ILogger<VariantListener> logger)
    : SignalListener(database.Source, MissingVariants.Channel, signal, time)
{
    protected override void OnLost(Exception reason) => logger.LogWarning(
        "Cannot listen for new images. The worker looks for them at intervals until this works again. Reason: {Reason}", reason.Message);

    protected override void OnRestored() => logger.LogInformation("Listening for new images again.");
}
