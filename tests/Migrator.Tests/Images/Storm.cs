using System.Collections.Concurrent;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

/// <summary>
/// Members who create, clone, change and delete games with a few images, and upload these images, concurrently, until they are stopped.
/// </summary>
internal sealed class Storm : IAsyncDisposable
{
    private const int Members = 4;

    public static readonly ImageContent[] Contents =
    [
        .. Enumerable.Range(100, 6).Select(number => ImageContent.Read(Pictures.Png(number, byteLength: 5000), new())),
    ];

    // The images that each game has to show, according to the last response to its member.
    private readonly ConcurrentDictionary<Guid, (ImageContent? Thumbnail, ImageContent? Banner)> acknowledged = new();
    private readonly ConcurrentBag<Guid> uploads = [];
    private readonly CancellationTokenSource stop = new();
    private readonly UseCases useCases;
    private readonly Task members;
    private long writes;

    public Storm(TestDatabase database)
    {
        useCases = new UseCases(database);
        members = Task.WhenAll(Enumerable.Range(0, Members).Select(seed => Task.Run(() => WriteAsync(new Random(seed)))));
    }

    public long Writes => Interlocked.Read(ref writes);

    /// <summary>Stops the members. It fails unless each game of a confirmed write exists and shows its images.</summary>
    public async Task StopAsync(TestDatabase database)
    {
        await stop.CancelAsync();
        await members;

        var shown = await database.QueryAsync<(Guid, string?, string?)>(
            """
            SELECT game.id, encode(thumbnail.content_hash, 'hex'), encode(banner.content_hash, 'hex')
            FROM game_sessions AS game
                LEFT JOIN game_images AS thumbnail ON thumbnail.id = thumbnail_id
                LEFT JOIN game_images AS banner ON banner.id = banner_image_id
            WHERE title = 'Dune: Imperium'
            """);
        Assert.That(
            shown,
            Is.EquivalentTo(
                acknowledged.Select(game => (game.Key, game.Value.Thumbnail?.Hash.ToString(), game.Value.Banner?.Hash.ToString()))));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await members;
        await useCases.DisposeAsync();
        stop.Dispose();
    }

    private async Task WriteAsync(Random random)
    {
        var own = new List<Guid>();

        while (!stop.IsCancellationRequested)
        {
            var (thumbnail, banner) = (Pick(random), Pick(random));
            var game = own.Count == 0 ? Guid.Empty : own[random.Next(own.Count)];

            switch (own.Count is 0 ? 0 : own.Count > 8 ? 3 : random.Next(6))
            {
                case 0:
                    Add((await useCases.CreateGameAsync(thumbnail, banner)).Id, thumbnail, banner);
                    break;
                case 1:
                    var (sharedThumbnail, sharedBanner) = acknowledged[game];
                    Add((await useCases.SendAsync(new CloneGame(game))).Id, sharedThumbnail, sharedBanner);
                    break;
                case 2:
                    await useCases.SendAsync(new UpdateGameImages(game, new(thumbnail, banner)));
                    acknowledged[game] = (thumbnail, banner);
                    break;
                case 3:
                    await useCases.SendAsync(new DeleteGame(game));
                    acknowledged.Remove(game, out _);
                    own.Remove(game);
                    break;
                case 4:
                    uploads.Add((await useCases.UploadAsync(Contents[random.Next(Contents.Length)], UseCases.Guild)).Id);
                    break;
                default:
                    if (uploads.TryTake(out var upload))
                        await EndAsync(upload);
                    break;
            }

            Interlocked.Increment(ref writes);
        }

        void Add(Guid id, ImageContent? thumbnail, ImageContent? banner)
        {
            acknowledged[id] = (thumbnail, banner);
            own.Add(id);
        }
    }

    // All members are one user, so another one may have ended the upload already.
    private async Task EndAsync(Guid upload)
    {
        try
        {
            await useCases.SendAsync(new EndUpload(upload));
        }
        catch (Application.NotFoundException)
        {
            return;
        }
    }

    private static ImageContent? Pick(Random random) => random.Next(4) == 0 ? null : Contents[random.Next(Contents.Length)];
}
