namespace GameImages.Testing.Discord.Tests;

public sealed class WaitTests : FakeDiscordTests
{
    private readonly List<string> accepted = [];

    protected override FakeDiscordSettings Settings() => base.Settings() with { Accepted = accepted.Add, KeepsHistory = false };

    [Test]
    public async Task A_wait_ends_when_its_predicate_is_true()
    {
        var posted = Discord.WaitForAsync(() => Discord.Posts == 2);
        await MessageAsync();
        Assert.That(posted.IsCompleted, Is.False);

        await MessageAsync();
        await posted;
        await Discord.WaitForAsync(() => Discord.Posts == 2);
    }

    [Test]
    public async Task A_wait_ends_with_its_timeout_or_its_cancellation()
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
    public async Task Each_accepted_message_is_reported_as_one_line_and_without_history_only_its_current_version_is_kept()
    {
        accepted.Clear();
        var id = await MessageAsync();
        await EditAsync(id, """{"content":"y\nz"}""");
        await PostAsync("{}");

        Assert.That(accepted, Has.Count.EqualTo(2).And.All.Not.Contains("\n"));
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Requests, Is.Empty);
            Assert.That(Discord.Find(id)!.Versions.Single().Content, Is.EqualTo("y\nz"));
        });
    }
}
