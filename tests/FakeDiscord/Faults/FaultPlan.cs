using GameImages.Testing.Discord.Http;

namespace GameImages.Testing.Discord.Faults;

/// <summary>The faults that still have to happen, in the order in which they were added.</summary>
internal sealed class FaultPlan(Func<RecordedRequest, Fault?>? intercept)
{
    private readonly Lock gate = new();
    private readonly List<Planned> planned = [];

    public void Add(Fault fault, int times, Func<RecordedRequest, bool>? when, double probability = 1, int seed = 0)
    {
        lock (gate)
            planned.Add(new(fault, when ?? (_ => true), probability, new Random(seed)) { Left = times });
    }

    public void Clear()
    {
        lock (gate)
            planned.Clear();
    }

    public Fault? For(RecordedRequest request)
    {
        if (intercept?.Invoke(request) is { } intercepted)
            return intercepted;

        lock (gate)
        {
            var next = planned.Find(plan => plan.When(request) && plan.Dice.NextDouble() < plan.Probability);

            if (next is not null && --next.Left == 0)
                planned.Remove(next);

            return next?.Fault;
        }
    }

    private sealed record Planned(Fault Fault, Func<RecordedRequest, bool> When, double Probability, Random Dice)
    {
        public int Left { get; set; }
    }
}
