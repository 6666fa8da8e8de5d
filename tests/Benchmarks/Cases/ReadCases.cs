using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Servers;
using GameImages.Benchmarks.Setup;

namespace GameImages.Benchmarks.Cases;

/// <summary>What anybody asks of public pictures.</summary>
internal sealed class ReadCases(Arena arena, Wrk wrk)
{
    public const string Small = "GET hot 4 KiB";
    public const string Medium = "GET hot 64 KiB";
    public const string Large = "GET hot 1 MiB";
    public const string Cold = "GET cold 64 KiB";
    public const string NotModified = "304";
    public const string ManyConnections = "GET hot 4 KiB, 256 connections";

    private const int Connections = 16;

    // In the order in which they come, each comes again when four times what fits into the cache was sent.
    private const int ColdMedium = 4 * PublishedService.CacheMegabytes * 1024 * 1024 / Sizes.Medium;
    private const int ColdLarge = 2 * PublishedService.CacheMegabytes * 1024 * 1024 / Sizes.Large;

    private Side[] FromMemory => [.. arena.Services, arena.Kestrel, arena.Nginx];

    public IEnumerable<Case> All =>
    [
        new(Small, _ => Task.FromResult(Ask(Get(arena.Small), FromMemory))),
        new(Medium, _ => Task.FromResult(Ask(Get(arena.Medium), FromMemory))),
        new(Large, _ => Task.FromResult(Ask(Get(arena.Large), FromMemory))),
        new(Cold, ColdAsync),
        new(NotModified, async ct => await Task.WhenAll(FromMemory.Select(async side => Ask(await ConditionalAsync(side, ct), side)[0]))),
        new("HEAD", _ => Task.FromResult(Array.ConvertAll(FromMemory, Head))),
        new("404", _ => Task.FromResult(Ask(Requests.One(StatusCodes.Status404NotFound, "GET", Arena.Absent), FromMemory))),
        new("80 % hot 4 KiB, 15 % 304, 5 % cold 1 MiB", MixAsync),
        new(ManyConnections, _ => Task.FromResult(Array.ConvertAll(FromMemory, side => Ask(Get(arena.Small), side, connections: 256)))),
    ];

    private static Requests Get(string path) => Requests.One(StatusCodes.Status200OK, "GET", path);

    private Contender[] Ask(Requests requests, params Side[] sides) => Array.ConvertAll(sides, side => Ask(requests, side, Connections));

    private Contender Ask(Requests requests, Side side, int connections) =>
        new(side, (seconds, ct) => side.MeasureAsync(() => wrk.RunAsync(side.Address!, requests, connections, seconds, ct)));

    private Contender Head(Side side)
    {
        var requests = Requests.One(StatusCodes.Status200OK, "HEAD", arena.Small);
        return new(side, (seconds, ct) =>
            side.MeasureAsync(() => HeadRequests.RunAsync(side.Address!, requests, Connections, seconds, ct)));
    }

    private Task<string[]> CreateAsync(int bytes, int count, CancellationToken ct) => arena.Album.CreateAsync(new(bytes), count, ct);

    private async Task<Contender[]> ColdAsync(CancellationToken ct)
    {
        var paths = await CreateAsync(Sizes.Medium, ColdMedium, ct);
        return Array.ConvertAll(
            Ask(Requests.Paths(StatusCodes.Status200OK, paths), [.. arena.Services, arena.Select, arena.Nginx]),
            contender => AfterReading(paths, contender));
    }

    // Whoever came first would read the disk for the others.
    private Contender AfterReading(string[] paths, Contender contender) => contender with
    {
        RunAsync = async (seconds, ct) =>
        {
            await arena.Database.ExecuteAsync($"SELECT count(sha256(image_data))::int FROM game_images WHERE id IN ({string.Join(',', paths.Select(path => $"'{path[(path.LastIndexOf('/') + 1)..]}'"))})", ct);
            return await contender.RunAsync(seconds, ct);
        },
    };

    // nginx has tags of its own.
    private async Task<Requests> ConditionalAsync(Side side, CancellationToken ct)
    {
        var answer = await Answer.RecordAsync(arena.Album.Anybody, $"{new Uri(side.Address!, arena.Small)}", "", ct);
        return Requests.One(StatusCodes.Status304NotModified, "GET", arena.Small, $"If-None-Match: {answer.Headers["ETag"]}\r\n");
    }

    private async Task<Contender[]> MixAsync(CancellationToken ct)
    {
        var cold = await CreateAsync(Sizes.Large, ColdLarge, ct);
        return await Task.WhenAll(
            new[] { arena.Service, arena.Nginx }.Select(async side =>
            {
                var conditional = await ConditionalAsync(side, ct);
                var requests = cold.SelectMany(path =>
                        Enumerable.Repeat(Get(arena.Small), 16).Concat(Enumerable.Repeat(conditional, 3)).Append(Get(path)))
                    .ToArray();
                new Random(1).Shuffle(requests);
                return AfterReading(cold, Ask(Requests.Mixed(requests), side)[0]);
            }));
    }
}
