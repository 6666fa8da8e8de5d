using GameImages.Testing;
using GameImages.WebApi.Images;
using GameImages.WebApi.RateLimits;

namespace GameImages.WebApi.Tests.RateLimits;

// Not parallel, because it measures the memory of the whole process.
[Category("Long")]
[NonParallelizable]
public sealed class ClientLimiterMemoryTests
{
    private const int Most = ClientLimiter.DefaultMaxClients;

    private readonly FakeTime time = new();
    private ClientLimiter<ClientNetwork> limiter = null!;
    private long before;

    [SetUp]
    public void Measure()
    {
        before = GC.GetTotalMemory(forceFullCollection: true);
        limiter = new([new(60, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromMinutes(5))], time);
    }

    [Test]
    public void A_million_addresses_take_bounded_memory_and_are_removed_when_they_are_idle()
    {
        Request(1_000_000, isIPv4: true);
        Assert.That(limiter.Clients, Is.EqualTo(Most));
        Assert.That(Megabytes(), Is.LessThan(20));

        // Each new client removes a few idle ones.
        time.Advance(TimeSpan.FromMinutes(5));
        Request(Most / 2, isIPv4: false);
        Assert.That(limiter.Clients, Is.EqualTo(Most / 2).Within(1).Percent);
    }

    [Test]
    public void A_full_table_of_clients_at_their_limits_takes_the_documented_memory()
    {
        for (var request = 0; request < 100; request++)
        {
            if (request == 60)
                time.Advance(TimeSpan.FromMinutes(1));
            Request(Most, isIPv4: true);
        }

        Assert.That(Megabytes(), Is.LessThan(80));
    }

    private void Request(int clients, bool isIPv4)
    {
        for (var client = 0u; client < clients; client++)
            limiter.Acquire(new(client, isIPv4));
    }

    private double Megabytes()
    {
        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        GC.KeepAlive(limiter);
        TestContext.Out.WriteLine($"{limiter.Clients} clients in {megabytes:0.0} MB");
        return megabytes;
    }
}
