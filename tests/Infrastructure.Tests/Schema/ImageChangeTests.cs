using Dapper;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>The database notifies listeners of changed and deleted images.</summary>
public sealed class ImageChangeTests
{
    private static readonly ImageContent Content = Pictures.Content(1);

    private TestDatabase database = null!;
    private UseCases useCases = null!;
    private Guid image;

    [SetUp]
    public async Task Create_the_database_and_an_image()
    {
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
        image = await useCases.SendAsync(new StoreImage(Content));
    }

    [TearDown]
    public async Task Drop_the_database()
    {
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [TestCase("DELETE FROM game_images")]
    [TestCase("UPDATE game_images SET quarantined_at = now()")]
    [TestCase("UPDATE game_images SET image_data = image_data")]
    [TestCase("UPDATE game_images SET mime_type = 'image/gif', updated_at = now()")]
    [TestCase("UPDATE game_images SET content_hash = sha256('x')")]
    [TestCase("UPDATE game_images SET created_at = now()")]
    [TestCase("UPDATE game_images SET id = gen_random_uuid()")]
    [TestCase("SET session_replication_role = replica; DELETE FROM game_images")]
    public async Task A_change_is_notified_after_its_commit_but_not_after_a_rollback(string change)
    {
        Assert.That(await NotificationsAsync(() => database.ExecuteAsync($"BEGIN; {change}; ROLLBACK")), Is.Empty);
        Assert.That(
            await NotificationsAsync(() => database.ExecuteAsync($"BEGIN; {change}; COMMIT; RESET ALL")),
            Is.EqualTo(new[] { image.ToString() }));
    }

    [TestCase("TRUNCATE game_images CASCADE")]
    [TestCase("SET session_replication_role = replica; TRUNCATE game_images CASCADE")]
    public async Task A_truncation_is_notified_once_for_all_images(string truncate)
    {
        Assert.That(await NotificationsAsync(() => database.ExecuteAsync($"BEGIN; {truncate}; ROLLBACK")), Is.Empty);
        Assert.That(
            await NotificationsAsync(() => database.ExecuteAsync($"BEGIN; {truncate}; COMMIT; RESET ALL")), Is.EqualTo(new[] { "" }));
    }

    [Test]
    public async Task Only_the_last_release_is_notified_not_storing_or_counting()
    {
        Assert.That(await NotificationsAsync(async () =>
        {
            var game = await useCases.CreateGameAsync(Content, Content);
            await useCases.SendAsync(new CloneGame(game.Id));
            await useCases.SendAsync(new ReleaseImage(image));
            await useCases.SendAsync(new DeleteGame(game.Id));
        }), Is.Empty);

        var last = await database.SingleAsync<Guid>("SELECT id FROM game_sessions");
        Assert.That(await NotificationsAsync(() => useCases.SendAsync(new DeleteGame(last))), Is.EqualTo(new[] { image.ToString() }));
    }

    [Test]
    public async Task A_new_upload_that_ends_a_quarantine_is_notified()
    {
        await database.ExecuteAsync("UPDATE game_images SET quarantined_at = now()");

        Assert.That(await NotificationsAsync(() => useCases.SendAsync(new StoreImage(Content))), Is.EqualTo(new[] { image.ToString() }));
    }

    // The public role may listen. Notifications arrive in the order of the commits.
    private async Task<List<string>> NotificationsAsync(Func<Task> act)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var listener = await database.OpenAsync(Roles.Public);
        var heard = new List<string>();
        listener.Notification += (_, sent) => heard.Add(sent.Payload);
        await listener.ExecuteAsync($"LISTEN {V0005_NotifyImageChanges.Channel}");

        await act();
        await database.ExecuteAsync($"NOTIFY {V0005_NotifyImageChanges.Channel}, 'end'");
        while (heard.LastOrDefault() != "end")
            await listener.WaitAsync(patience.Token);
        return heard[..^1];
    }
}
