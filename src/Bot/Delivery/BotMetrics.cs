using System.Diagnostics.Metrics;
using GameImages.Application.Announcements;

namespace GameImages.Bot.Delivery;

/// <summary>What the bot tells of itself, in the meter "GameImages".</summary>
internal sealed class BotMetrics
{
    private readonly Counter<long> posts;
    private readonly Counter<long> edits;
    private readonly Counter<long> deletes;
    private readonly Counter<long> failures;

    public BotMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("GameImages");
        posts = meter.CreateCounter<long>("gameimages.bot.posts", "{message}", "Messages posted.");
        edits = meter.CreateCounter<long>("gameimages.bot.edits", "{message}", "Messages edited.");
        deletes = meter.CreateCounter<long>("gameimages.bot.deletes", "{message}", "Messages deleted.");
        failures = meter.CreateCounter<long>(
            "gameimages.bot.failures",
            "{failure}",
            "Announcements that did not become true at once, by reason.");
        meter.CreateObservableGauge(
            "gameimages.bot.queue",
            () => Now(state => state.Waiting),
            "{game}",
            "Games with a change that is not announced yet.");
        meter.CreateObservableGauge(
            "gameimages.bot.lag",
            () => Now(state => state.Lag.TotalSeconds),
            "s",
            "How long the eldest of these changes has waited.");
        meter.CreateObservableGauge(
            "gameimages.bot.parked",
            () => Now(state => state.Parked),
            "{game}",
            "Games with a change that nobody tries to announce any more.");
    }

    /// <summary>As it was read last; null when it cannot be read, and then nothing is told.</summary>
    public OutboxState? State { get; set; }

    private IEnumerable<Measurement<T>> Now<T>(Func<OutboxState, T> read)
        where T : struct => State is { } state ? [new(read(state))] : [];

    public void Sent(bool isNew) => (isNew ? posts : edits).Add(1);

    public void Deleted() => deletes.Add(1);

    public void Fail(string reason) => failures.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
