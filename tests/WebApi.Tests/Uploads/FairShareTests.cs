using System.Globalization;
using GameImages.WebApi.Uploads;

namespace GameImages.WebApi.Tests.Uploads;

public sealed class FairShareTests
{
    private const long Amount = 100;
    private const long Most = 20;
    private const long Share = 50;

    private FairShare memory = null!;

    [SetUp]
    public void Create() => memory = new(Amount, Most);

    [Test]
    public async Task The_last_of_the_amount_is_reserved_for_the_oldest_part()
    {
        var oldest = await TakeAsync("a", 1);
        foreach (var user in "bcde")
            await TakeAsync($"{user}", 15);
        var young = await TakeAsync("f", 9);
        var turn = young.GrowAsync(1);
        Assert.Multiple(() =>
        {
            Assert.That(turn.IsCompleted, Is.False);
            Assert.That(young.WaitsForItsUser, Is.False);
            Assert.That(memory.IsUsedUp, Is.True);
            Assert.That(oldest.GrowAsync(Most - 1).IsCompleted, Is.True);
        });

        oldest.Dispose();
        await turn;
        Assert.That(memory.IsUsedUp, Is.False);
    }

    [Test]
    public async Task The_last_of_a_share_is_reserved_for_the_oldest_part_of_the_user_and_does_not_delay_others()
    {
        memory = new(10 * Amount, Most);
        await TakeAsync("other", 1);
        var oldest = await TakeAsync("user", 5);
        await TakeAsync("user", 20);
        var young = memory.Start("user", Share);
        var turn = young.GrowAsync(6);
        Assert.Multiple(() =>
        {
            Assert.That(turn.IsCompleted, Is.False);
            Assert.That(young.WaitsForItsUser, Is.True);
            Assert.That(memory.IsUsedUp, Is.False);
            Assert.That(memory.Start("other", Share).GrowAsync(Most).IsCompleted, Is.True);
            Assert.That(oldest.GrowAsync(15).IsCompleted, Is.True);
        });

        oldest.Dispose();
        await turn;
    }

    [Test]
    public async Task Something_stays_free_for_a_new_user_when_many_users_take_all_they_can()
    {
        memory = new(10 * Amount, Most);
        var able = Enumerable.Range(0, 60).Select(user => memory.Start($"{user}", 250)).ToList();
        for (var held = 0; held < Most; held++)
            able.RemoveAll(part => !part.GrowAsync(1).IsCompleted);

        Assert.That(memory.IsUsedUp, Is.True);
        Assert.That(memory.Start("newcomer", 250).GrowAsync(11).IsCompleted, Is.True);
    }

    [Test]
    public async Task The_older_of_two_waiting_parts_continues_first()
    {
        foreach (var user in "abcde")
            await TakeAsync($"{user}", user == 'a' ? 1 : 15);
        await TakeAsync("f", 9);
        var leaving = await TakeAsync("g", 1);
        var older = memory.Start("h", Share);
        var younger = memory.Start("i", Share).GrowAsync(5);
        var turn = older.GrowAsync(5);
        Assert.Multiple(() =>
        {
            Assert.That(turn.IsCompleted, Is.False);
            Assert.That(younger.IsCompleted, Is.False);
        });

        leaving.Dispose();
        await turn;
        Assert.That(younger.IsCompleted, Is.False);
    }

    [Test]
    public async Task A_part_that_stops_waiting_keeps_nothing()
    {
        var parts = new List<SharePart>();
        foreach (var user in "abc")
            parts.Add(await TakeAsync($"{user}", 19));
        var leaving = memory.Start("e", Share);
        Assert.That(leaving.GrowAsync(15).IsCompleted, Is.False);

        leaving.Dispose();
        leaving.Dispose();
        Assert.That(memory.IsUsedUp, Is.False);
        parts.ForEach(part => part.Dispose());
        ExpectAllFree(memory);
    }

    [Test]
    public void A_part_larger_than_the_reserve_is_rejected() =>
        Assert.That(async () => await TakeAsync("a", Most + 1), Throws.InvalidOperationException);

    // The memory suffices for one part or for several. A share is smaller than a part, or all shares together exceed the whole.
    [TestCase(20, 5)]
    [TestCase(100, 50)]
    [TestCase(100, 90)]
    public void In_any_order_one_part_can_always_continue_and_no_limit_is_exceeded(long amount, long share)
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var all = new FairShare(amount, Most);
            var uploads = new List<Upload>();

            for (var step = 0; step < 500 || uploads.Count > 0; step++)
            {
                if (step < 500 && random.Next(3) == 0)
                {
                    var user = random.Next(4).ToString(CultureInfo.InvariantCulture);
                    uploads.Add(new(all.Start(user, share), user, random.NextInt64(1, Most + 1)));
                }

                var able = uploads.Where(upload => upload.Turn.IsCompleted).ToList();
                Assert.That(able.Count > 0 || uploads.Count == 0, Is.True, $"All parts wait for each other: seed {seed}, step {step}.");
                if (able.Count > 0)
                    Continue(able[random.Next(able.Count)]);

                // Some clients leave.
                if (random.Next(50) == 0 && uploads.Count > 0)
                    Return(uploads[random.Next(uploads.Count)]);

                Assert.That(uploads.Sum(upload => upload.Held), Is.LessThanOrEqualTo(amount), $"seed {seed}, step {step}");
                foreach (var ofUser in uploads.GroupBy(upload => upload.User))
                {
                    Assert.That(
                        ofUser.Sum(upload => upload.Held), Is.LessThanOrEqualTo(Math.Max(share, Most)), $"seed {seed}, step {step}");
                }
            }

            ExpectAllFree(all, amount);

            void Continue(Upload upload)
            {
                if (upload.Held == upload.Target)
                    Return(upload);
                else
                    upload.Grow(random.NextInt64(1, upload.Target - upload.Held + 1));
            }

            void Return(Upload upload)
            {
                upload.Part.Dispose();
                uploads.Remove(upload);
            }
        }
    }

    [Test]
    public async Task All_of_many_concurrent_parts_finish()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(user => Task.Run(async () =>
        {
            var random = new Random(user);
            for (var round = 0; round < 200; round++)
            {
                using var part = memory.Start($"{user % 4}", Share);
                for (var held = 0L; held < Most; held += 5)
                    await part.GrowAsync(5);
                if (random.Next(2) == 0)
                    await Task.Yield();
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));

        ExpectAllFree(memory);
    }

    private async Task<SharePart> TakeAsync(string user, long amount)
    {
        var part = memory.Start(user, Share);
        await part.GrowAsync(amount).WaitAsync(TimeSpan.FromSeconds(30));
        return part;
    }

    private static void ExpectAllFree(FairShare memory, long amount = Amount)
    {
        // Each part belongs to another user, and the oldest gets the reserve.
        var oldest = memory.Start("oldest", amount);
        for (var taken = Most; taken < amount; taken += Most)
            Assert.That(memory.Start($"{taken}", amount).GrowAsync(Most).IsCompleted, Is.True);
        Assert.That(oldest.GrowAsync(Most).IsCompleted, Is.True);
    }

    private sealed class Upload(SharePart part, string user, long target)
    {
        private long before;
        private long wanted;

        public SharePart Part => part;
        public string User => user;
        public long Target => target;
        public Task Turn { get; private set; } = Task.CompletedTask;
        public long Held => Turn.IsCompleted ? before + wanted : before;

        public void Grow(long by)
        {
            before = Held;
            wanted = by;
            Turn = part.GrowAsync(by);
        }
    }
}
