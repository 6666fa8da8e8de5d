using GameImages.Testing;
using GameImages.WebApi.Games;

namespace GameImages.WebApi.Tests.Games;

public sealed class UploadMemoryTests
{
    private const int Mebibytes = 8;

    // Twice the length of each body is reserved.
    private const long Half = 2 * 1024 * 1024 - 1;
    private const long All = 2 * Half + 1;

    private HeldTime time = null!;
    private UploadMemory memory = null!;

    [SetUp]
    public void Create() => memory = new(Mebibytes, time = new());

    [Test]
    public async Task Who_comes_when_it_is_used_up_waits_in_turn_whoever_would_fit()
    {
        var first = await memory.ReserveAsync(Half, default);
        var large = memory.ReserveAsync(All, default);
        var small = memory.ReserveAsync(1, default);
        Assert.That((large.IsCompleted, small.IsCompleted), Is.EqualTo((false, false)));

        first.Dispose();
        var second = await large;
        Assert.That(small.IsCompleted, Is.False);

        second.Dispose();
        (await small).Dispose();
    }

    [Test]
    public async Task Who_waits_too_long_is_sent_away_and_keeps_nothing()
    {
        var first = await memory.ReserveAsync(All, default);
        await time.NextAsync(UploadMemory.MaxWait);
        var late = memory.ReserveAsync(Half, default);
        (await time.NextAsync(UploadMemory.MaxWait)).End();
        Assert.That(async () => await late, Throws.TypeOf<UploadsFullException>());

        first.Dispose();
        Assert.That(memory.ReserveAsync(All, default).IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task Who_gives_up_waiting_keeps_nothing()
    {
        using var leaving = new CancellationTokenSource();
        var first = await memory.ReserveAsync(All, default);
        var waiting = memory.ReserveAsync(Half, leaving.Token);
        await leaving.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());

        first.Dispose();
        Assert.That(memory.ReserveAsync(All, default).IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task Who_gives_up_waiting_lets_those_pass_who_wait_behind_it_and_fit()
    {
        using var leaving = new CancellationTokenSource();
        var first = await memory.ReserveAsync(Half, default);
        var large = memory.ReserveAsync(All, leaving.Token);
        var small = memory.ReserveAsync(1, default);

        await leaving.CancelAsync();
        (await small.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        Assert.That(async () => await large, Throws.InstanceOf<OperationCanceledException>());
        first.Dispose();
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task However_many_come_go_and_give_up_all_of_it_is_free_in_the_end(int seed)
    {
        var random = new Random(seed);
        var requests = new List<(Task<IDisposable> Lease, CancellationTokenSource Leaving)>();

        for (var step = 0; step < 2000; step++)
        {
            if (random.Next(2) == 0 || requests.Count == 0)
            {
                var leaving = new CancellationTokenSource();
                requests.Add((memory.ReserveAsync(random.NextInt64(All + 1), leaving.Token), leaving));
                continue;
            }

            var chosen = random.Next(requests.Count);
            await EndAsync(requests[chosen]);
            requests.RemoveAt(chosen);
        }

        foreach (var request in requests)
            await EndAsync(request);

        Assert.That(memory.ReserveAsync(All, default).IsCompletedSuccessfully, Is.True);
    }

    private static async Task EndAsync((Task<IDisposable> Lease, CancellationTokenSource Leaving) request)
    {
        await request.Leaving.CancelAsync();

        try
        {
            (await request.Lease).Dispose();
        }
        catch (OperationCanceledException)
        {
            // It was still waiting.
        }

        request.Leaving.Dispose();
    }
}
