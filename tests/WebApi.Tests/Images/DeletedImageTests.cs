using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Images;

/// <summary>
/// Two instances on one database cache images. Neither serves an image more than a second after its deletion was acknowledged.
/// </summary>
[Category("Long")]
public sealed class DeletedImageTests
{
    private const int Games = 200;
    private const int Deletions = 100;
    private const int Readers = 8;
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(1);

    private readonly string[] paths = new string[Games];
    private readonly long[] began = new long[Games];
    private readonly long[] acknowledged = new long[Games];
    private readonly ConcurrentQueue<string> wrong = new();
    private TestDatabase database = null!;
    private int reads;
    private int readLate;
    private int deletions;

    [SetUp]
    public async Task Begin()
    {
        database = await TestDatabase.CreateAsync();
        reads = 0;
        readLate = 0;
        deletions = 0;
        Array.Clear(began);
        Array.Clear(acknowledged);
        wrong.Clear();
    }

    [TearDown]
    public async Task End() => await database.DisposeAsync();

    [Test]
    public Task A_deleted_image_is_not_served_after_a_second() => ReadWhileDeletingAsync(100_000, _ => Task.CompletedTask);

    // After each cut, the instances cache the images again.
    [Test]
    public Task A_deleted_image_is_not_served_although_the_listening_connections_are_lost() =>
        ReadWhileDeletingAsync(50_000, deletion =>
            deletion % 10 > 0
                ? Task.CompletedTask
                : database.ExecuteAsync(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE '%notify_image_change%' AND pid <> pg_backend_pid()
                    """));

    private async Task ReadWhileDeletingAsync(int count, Func<int, Task> beforeDeletion)
    {
        (string, string)[] unlimited =
        [
            ("PublicImages:RateLimits:0:Permits", "2147483647"),
            ("PublicImages:RateLimits:1:Permits", "2147483647"),
        ];
        await using var one = new Service(database, unlimited);
        await using var another = new Service(database, unlimited);
        using var member = one.CreateClient(ServiceTests.Guild);
        var games = new string[Games];

        for (var game = 0; game < Games; game++)
        {
            using var response = await member.PostAsync("/api/v1/games", ServiceTests.Form(Pictures.Png(game)));
            var created = await ServiceTests.JsonAsync(response, HttpStatusCode.Created);
            games[game] = $"/api/v1/games/{ServiceTests.Text(created, "id")}";
            paths[game] = $"/api/v1/public/images/{ServiceTests.Text(created, "thumbnail_id")}";
        }

        using var mayDelete = new SemaphoreSlim(0);
        var readers = Enumerable
            .Range(0, Readers)
            .Select(reader => Task.Run(() => ReadAsync(reader % 2 == 0 ? one : another, count, mayDelete)))
            .ToArray();

        for (var game = 0; game < Deletions; game++)
        {
            await mayDelete.WaitAsync();
            await beforeDeletion(game);
            Volatile.Write(ref began[game], Stopwatch.GetTimestamp());
            using var response = await member.DeleteAsync(games[game]);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Volatile.Write(ref acknowledged[game], Stopwatch.GetTimestamp());
            Volatile.Write(ref deletions, game + 1);
        }

        await Task.WhenAll(readers);
        Assert.That(wrong, Is.Empty);
        Assert.That(readLate, Is.GreaterThan(count / 1000), "Too few requests were for a deleted image.");
    }

    private async Task ReadAsync(Service service, int count, SemaphoreSlim mayDelete)
    {
        using var anybody = service.CreateClient([]);
        var random = new Random(1);

        for (int read; (read = Interlocked.Increment(ref reads)) <= count;)
        {
            if (read % (count / Deletions) == 0)
                mayDelete.Release();

            // Mostly images that exist, and images that were deleted recently.
            var game = random.Next(Math.Max(0, Volatile.Read(ref deletions) - 40), Games);
            var sent = Stopwatch.GetTimestamp();
            var isLate =
                Volatile.Read(ref acknowledged[game]) is > 0 and var deleted && Stopwatch.GetElapsedTime(deleted, sent) > Allowed;
            using var response = await anybody.GetAsync(paths[game]);

            if (isLate)
                Interlocked.Increment(ref readLate);
            if (response.StatusCode != HttpStatusCode.NotFound && (isLate || response.StatusCode != HttpStatusCode.OK))
                wrong.Enqueue(
                    $"{response.StatusCode} for an image that {(isLate ? "was deleted more than a second ago" : "may exist")}");
            if (response.StatusCode == HttpStatusCode.NotFound && Volatile.Read(ref began[game]) == 0)
                wrong.Enqueue("404 for an image that exists");
        }
    }
}
