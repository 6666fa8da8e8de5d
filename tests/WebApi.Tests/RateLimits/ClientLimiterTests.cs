using System.Net;
using GameImages.Testing;
using GameImages.WebApi.Images;
using GameImages.WebApi.RateLimits;

namespace GameImages.WebApi.Tests.RateLimits;

public sealed class ClientLimiterTests
{
    private static readonly RateLimit[] Limits = [new(60, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromMinutes(5))];
    private static readonly TimeSpan Tick = new(1);

    [Test]
    public void Sixty_requests_pass_in_a_minute_and_the_next_one_when_the_first_is_a_minute_old()
    {
        var (limiter, time) = Start();

        for (var request = 1; request <= 60; request++)
        {
            Assert.That(
                Acquire(limiter),
                Is.EqualTo(new RateLimitState(true, 60, 60 - request, TimeSpan.FromSeconds(60 - (request - 1) * 0.5))));
            time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.That(Acquire(limiter), Is.EqualTo(new RateLimitState(false, 60, 0, TimeSpan.FromSeconds(30))));
        time.Advance(TimeSpan.FromSeconds(30) - Tick);
        Assert.That(Acquire(limiter), Is.EqualTo(new RateLimitState(false, 60, 0, Tick)));
        time.Advance(Tick);
        Assert.That(Acquire(limiter).IsAcquired, Is.True);
        Assert.That(Acquire(limiter), Is.EqualTo(new RateLimitState(false, 60, 0, TimeSpan.FromSeconds(0.5))));
    }

    [Test]
    public void A_hundred_requests_pass_in_five_minutes_at_any_pace()
    {
        var (limiter, time) = Start();

        for (var request = 1; request <= 100; request++)
        {
            Assert.That(Acquire(limiter).IsAcquired, Is.True);
            time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.That(Acquire(limiter), Is.EqualTo(new RateLimitState(false, 100, 0, TimeSpan.FromSeconds(100))));
        time.Advance(TimeSpan.FromSeconds(100) - Tick);
        Assert.That(Acquire(limiter).IsAcquired, Is.False);
        time.Advance(Tick);
        Assert.That(Acquire(limiter).IsAcquired, Is.True);
        Assert.That(Acquire(limiter).IsAcquired, Is.False);
    }

    [Test]
    public void The_state_describes_the_window_with_the_fewest_requests_left()
    {
        var (limiter, time) = Start();
        Assert.That(Enumerable.Range(0, 60).Select(_ => Acquire(limiter)), Is.All.Property(nameof(RateLimitState.Limit)).EqualTo(60));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(Acquire(limiter), Is.EqualTo(new RateLimitState(true, 100, 39, TimeSpan.FromMinutes(4))));
    }

    [Test]
    public void When_both_windows_are_full_the_state_describes_the_one_that_ends_later()
    {
        var (limiter, time) = Start();

        for (var request = 0; request < 100; request++)
        {
            Assert.That(Acquire(limiter).IsAcquired, Is.True);
            if (request == 39)
                time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(Acquire(limiter), Is.EqualTo(new RateLimitState(false, 100, 0, TimeSpan.FromMinutes(4))));
    }

    [Test]
    public void A_rejected_request_does_not_count()
    {
        var (limiter, time) = Start();

        for (var request = 0; request < 60; request++)
            Acquire(limiter);

        // The client retries all the time until the reset.
        for (var rejected = 0; rejected < 600; rejected++)
        {
            Assert.That(Acquire(limiter).IsAcquired, Is.False);
            time.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.That(Enumerable.Range(0, 40).Select(_ => Acquire(limiter).IsAcquired), Is.All.True);
    }

    [Test]
    public void Peeking_does_not_count_and_is_granted_at_the_limit()
    {
        var (limiter, _) = Start();
        Assert.That(limiter.Peek(Client("192.0.2.1")), Is.EqualTo(new RateLimitState(true, 60, 60, TimeSpan.Zero)));
        Assert.That(limiter.Clients, Is.Zero);

        for (var request = 0; request < 60; request++)
        {
            Acquire(limiter);
            limiter.Peek(Client("192.0.2.1"));
        }

        Assert.That(limiter.Peek(Client("192.0.2.1")), Is.EqualTo(new RateLimitState(true, 60, 0, TimeSpan.FromMinutes(1))));
    }

    [Category("Long")]
    [Test]
    public void Hours_of_random_traffic_are_decided_as_by_a_list_of_every_request([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        var (limiter, time) = Start();
        ClientNetwork[] clients = [Client("192.0.2.1"), Client("192.0.2.2"), Client("2001:db8::1")];
        var passed = clients.ToDictionary(client => client, _ => new List<TimeSpan>());
        var rejected = 0;

        // The pauses vary from none to long ones. Most are whole seconds, so that requests come at the edges of windows.
        while (time.Now < TimeSpan.FromHours(6))
        {
            var pause = random.Next(1000) switch
            {
                < 970 => TimeSpan.Zero,
                < 995 => TimeSpan.FromSeconds(random.Next(1, 8)),
                < 999 => TimeSpan.FromSeconds(random.Next(40, 90)),
                _ => new TimeSpan(random.NextInt64(TimeSpan.FromMinutes(6).Ticks)),
            };
            time.Advance(pause);
            var client = clients[random.Next(clients.Length)];
            var expected = Expect(passed[client].TakeLast(200), time.Now);
            Assert.That(limiter.Acquire(client), Is.EqualTo(expected), $"{client} at {time.Now}");

            if (expected.IsAcquired)
                passed[client].Add(time.Now);
            else
                rejected++;
        }

        Assert.That(rejected, Is.GreaterThan(500));
        foreach (var (permits, window) in Limits)
            Assert.That(
                passed.Values.SelectMany(times => times.Select(from => times.Count(at => at >= from && at < from + window))),
                Is.All.AtMost(permits).And.Some.EqualTo(permits));
    }

    [Test, CancelAfter(60_000)]
    public void Exactly_sixty_requests_of_many_concurrent_threads_pass()
    {
        for (var round = 0; round < 50; round++)
        {
            var (limiter, _) = Start();
            var passed = 0;
            using var start = new Barrier(8);
            var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();

                for (var request = 0; request < 100; request++)
                {
                    if (Acquire(limiter).IsAcquired)
                        Interlocked.Increment(ref passed);
                }
            })).ToList();

            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.That(passed, Is.EqualTo(60));
        }
    }

    [Test]
    public void A_flood_of_addresses_neither_resets_a_client_at_its_limit_nor_rejects_new_clients()
    {
        var limiter = new ClientLimiter<ClientNetwork>(Limits, new FakeTime(), maxClients: 1000);
        var atTheirLimits = Enumerable.Range(1, 20).Select(number => new ClientNetwork((ulong)number, true)).ToList();

        foreach (var client in atTheirLimits)
        {
            for (var request = 0; request < 60; request++)
                limiter.Acquire(client);
        }

        for (var number = 0u; number < 1_000_000; number++)
            Assert.That(limiter.Acquire(new(number, false)).IsAcquired, Is.True);

        Assert.That(limiter.Clients, Is.EqualTo(1000));
        Assert.That(atTheirLimits.Select(client => limiter.Acquire(client).IsAcquired), Is.All.False);
    }

    [Test]
    public void A_request_of_a_known_client_allocates_nothing()
    {
        var (limiter, time) = Start();
        var client = Client("192.0.2.1");

        // The first requests grow the log to its final size.
        for (var request = 0; request < 1000; request++, time.Advance(TimeSpan.FromSeconds(1)))
            limiter.Acquire(client);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var request = 0; request < 10_000; request++, time.Advance(TimeSpan.FromSeconds(1)))
            limiter.Acquire(client);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase("192.0.2.1", "::ffff:192.0.2.1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("192.0.2.1", "::192.0.2.1", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:2:2::1", false)]
    [TestCase("fe80::1%1", "fe80::1%2", true)]
    [TestCase("0.0.0.0", "::", false)]
    [TestCase("192.0.2.1", "2002:c000:201::1", true, Description = "6to4.")]
    [TestCase("192.0.2.1", "2002:c000:201:ffff:ffff:ffff:ffff:ffff", true)]
    [TestCase("192.0.2.1", "2002:c000:202::1", false)]
    [TestCase("192.0.2.1", "2003:c000:201::1", false)]
    [TestCase("192.0.2.1", "2001:0:102:304:8000:1234:3fff:fdfe", true,
        Description = "Teredo, with every bit of the client's address inverted.")]
    [TestCase("2001:0:102:304:8000:1234:3fff:fdfe", "2001:0:506:708:0:4321:3fff:fdfe", true)]
    [TestCase("192.0.2.1", "2001:0:102:304:8000:1234:3fff:fdff", false)]
    [TestCase("192.0.2.1", "2001:1:102:304:8000:1234:3fff:fdfe", false)]
    [TestCase("192.0.2.1", "64:ff9b::192.0.2.1", true, Description = "NAT64.")]
    [TestCase("64:ff9b::192.0.2.1", "64:ff9b::192.0.2.2", false)]
    [TestCase("64:ff9b::1:192.0.2.1", "64:ff9b::1:192.0.2.2", true)]
    [TestCase("64:ff9b:1::192.0.2.1", "192.0.2.1", false)]
    public void An_IPv4_address_and_the_64_of_an_IPv6_address_are_one_client_each(string one, string other, bool same) =>
        Assert.That(Client(one) == Client(other), Is.EqualTo(same));

    private static RateLimitState Acquire(ClientLimiter<ClientNetwork> limiter) => limiter.Acquire(Client("192.0.2.1"));

    private static ClientNetwork Client(string address) => ClientNetwork.Of(IPAddress.Parse(address));

    private static (ClientLimiter<ClientNetwork> Limiter, FakeTime Time) Start()
    {
        var time = new FakeTime();
        return (new ClientLimiter<ClientNetwork>(Limits, time), time);
    }

    // The state that the limiter has to return, computed from the requests that passed.
    private static RateLimitState Expect(IEnumerable<TimeSpan> passed, TimeSpan now)
    {
        var windows = Limits.Select(limit => (limit, used: passed.Where(at => at > now - limit.Window).ToList())).ToList();
        var isAcquired = windows.All(window => window.used.Count < window.limit.Permits);

        return windows
            .Select(window => (window.limit, used: isAcquired ? [.. window.used, now] : window.used))
            .Select(window => new RateLimitState(
                isAcquired,
                window.limit.Permits,
                window.limit.Permits - window.used.Count,
                window.used.Count == 0 ? TimeSpan.Zero : window.used[0] + window.limit.Window - now))
            .OrderBy(state => state.Remaining)
            .ThenByDescending(state => state.Reset)
            .First();
    }
}
