using BenchmarkDotNet.Attributes;
using GameImages.Testing;
using GameImages.WebApi.Images;
using GameImages.WebApi.RateLimits;

namespace GameImages.Benchmarks.Parts;

/// <summary>Measures the limiter that checks every request for a public image, with the default limits.</summary>
[MemoryDiagnoser]
public class Limiter
{
    private static readonly RateLimit[] Limits = [new(60, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromMinutes(5))];
    private static readonly ClientNetwork Client = new(1, IsIPv4: true);

    // No limit is reached at this pace, and 75 requests count at any time.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    private readonly FakeTime time = new();
    private ClientLimiter<ClientNetwork> limiter = new(Limits, TimeProvider.System);
    private ulong newcomers;

    [GlobalSetup(Target = nameof(Granted))]
    public void Start() => limiter = new(Limits, time);

    [GlobalSetup(Target = nameof(Refused))]
    public void UseUp()
    {
        Start();
        while (limiter.Acquire(Client).IsAcquired)
        {
        }
    }

    [GlobalSetup(Target = nameof(Newcomer))]
    public void Fill()
    {
        Start();
        while (limiter.Clients < ClientLimiter.DefaultMaxClients)
            Newcomer();
    }

    [Benchmark]
    public bool Granted()
    {
        time.Advance(Pause);
        return limiter.Acquire(Client).IsAcquired;
    }

    [Benchmark]
    public bool Refused() => limiter.Acquire(Client).IsAcquired;

    /// <summary>A new client replaces another client in the full table.</summary>
    [Benchmark]
    public bool Newcomer() => limiter.Acquire(new(++newcomers, IsIPv4: false)).IsAcquired;
}
