namespace GameImages.Testing.Discord.Tests;

public sealed class WaitTests : FakeDiscordTests
{
    private readonly List<string> accepted = [];

    protected override FakeDiscordSettings Settings() => base.Settings() with { Accepted = accepted.Add, KeepsHistory = false };

    [Test]
    public async Task A_wait_ends_when_what_it_waits_for_has_happened()
    {
        var posted = Discord.WaitForAsync(() => Discord.Posts == 2);
        await MessageAsync();
        Assert.That(posted.IsCompleted, Is.False);

        await MessageAsync();
        await posted;
        await Discord.WaitForAsync(() => Discord.Posts == 2);
    }

    [Test]
    public async Task A_wait_in_vain_ends_with_its_time_or_its_token()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThrowsAsync<TimeoutException>(() => Discord.WaitForAsync(() => false, TimeSpan.FromMilliseconds(1)));
            await Assert.CatchAsync<OperationCanceledException>(() => Discord.WaitForAsync(() => false, ct: cancelled.Token));
        }
    }

    [Test]
    public async Task What_is_accepted_is_told_as_one_line_each_and_nothing_else_is_kept()
    {
        accepted.Clear();
        var id = await MessageAsync();
        await EditAsync(id, """{"content":"y\nz"}""");
        await PostAsync("{}");

        Assert.That(accepted, Has.Count.EqualTo(2).And.All.Not.Contains("\n"));
        Assert.That((Discord.Requests.Count, Discord.Find(id)!.Versions.Single().Content), Is.EqualTo((0, "y\nz")));
    }
}
