using GameImages.Testing;
using GameImages.WebApi.Users;

namespace GameImages.WebApi.Tests.Users;

public sealed class UserConcurrencyTests
{
    [Test]
    public async Task One_user_runs_a_few_requests_at_once_and_other_users_do_not_wait()
    {
        var work = new UserConcurrency(atOnce: 2, new HeldTime());
        using var first = await work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);
        var second = await work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);
        var third = work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);
        var fourth = work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);
        using var other = await work.EnterAsync("8", UserLimits.MaxWait, CancellationToken.None);

        Assert.That(third.IsCompleted || fourth.IsCompleted, Is.False);
        second!.Dispose();
        (await third)!.Dispose();
        Assert.That(await fourth, Is.Not.Null);
    }

    [Test]
    public async Task A_request_that_has_waited_for_a_second_is_rejected_and_leaves_no_entry()
    {
        var time = new HeldTime();
        var work = new UserConcurrency(atOnce: 1, time);
        var first = await work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);
        var second = work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);
        (await time.NextAsync(UserLimits.MaxWait)).End();

        Assert.That(await second, Is.Null);
        first!.Dispose();
        Assert.That(work.Users, Is.Zero);
        Assert.That(await work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public async Task A_client_that_gives_up_does_not_take_the_turn_of_the_next_one()
    {
        var work = new UserConcurrency(atOnce: 1, new HeldTime());
        var first = await work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);
        using var client = new CancellationTokenSource();
        var second = work.EnterAsync("7", UserLimits.MaxWait, client.Token);
        var third = work.EnterAsync("7", UserLimits.MaxWait, CancellationToken.None);

        await client.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        first!.Dispose();
        (await third)!.Dispose();
        Assert.That(work.Users, Is.Zero);
    }
}
