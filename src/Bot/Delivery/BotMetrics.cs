using System.Diagnostics.Metrics;
using GameImages.Application.Announcements;

namespace GameImages.Bot.Delivery;

/// <summary>The metrics of the bot, in the meter "GameImages".</summary>
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
            "Failed attempts to announce a game, by reason.");
        meter.CreateObservableGauge(
            "gameimages.bot.queue",
            () => Measure(state => state.Waiting),
            "{game}",
            "Games with changes that are not announced yet.");
        meter.CreateObservableGauge(
            "gameimages.bot.lag",
            () => Measure(state => state.Lag.TotalSeconds),
            "s",
            "How long the oldest of these changes has waited.");
        meter.CreateObservableGauge(
            "gameimages.bot.parked",
            () => Measure(state => state.Parked),
            "{game}",
            "Games with parked changes, which the bot does not retry.");
    }

    /// <summary>The last state of the outbox. While it is null, the gauges report nothing.</summary>
    public OutboxState? State { get; set; }

    private IEnumerable<Measurement<T>> Measure<T>(Func<OutboxState, T> read)
        where T : struct => State is { } state ? [new(read(state))] : [];

    public void Sent(bool isNew) => (isNew ? posts : edits).Add(1);

    public void Deleted() => deletes.Add(1);

    public void Fail(string reason) => failures.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
