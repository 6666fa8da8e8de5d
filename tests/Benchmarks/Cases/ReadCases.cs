using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Servers;
using GameImages.Benchmarks.Setup;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Cases;

/// <summary>Requests for public images.</summary>
internal sealed class ReadCases(RunningServers servers, Wrk wrk)
{
    public const string Small = "GET hot 4 KiB";
    public const string Medium = "GET hot 64 KiB";
    public const string Large = "GET hot 1 MiB";
    public const string Cold = "GET cold 64 KiB";
    public const string NotModified = "304";
    public const string ManyConnections = "GET hot 4 KiB, 256 connections";

    private const int Connections = 16;

    // The images are requested in turn. Between two requests for one image, the service sends four times the size of its cache.
    private const int ColdMedium = 4 * PublishedService.CacheMegabytes * 1024 * 1024 / Sizes.Medium;
    private const int ColdLarge = 2 * PublishedService.CacheMegabytes * 1024 * 1024 / Sizes.Large;

    private Side[] FromMemory => [.. servers.Services, servers.Kestrel, servers.Nginx];

    public IEnumerable<Case> All =>
    [
        new(Small, _ => Task.FromResult(Send(Get(servers.Small), FromMemory))),
        new(Medium, _ => Task.FromResult(Send(Get(servers.Medium), FromMemory))),
        new(Large, _ => Task.FromResult(Send(Get(servers.Large), FromMemory))),
        new(Cold, ColdAsync),
        new(NotModified, async ct => await Task.WhenAll(FromMemory.Select(async side => Send(await ConditionalAsync(side, ct), side)[0]))),
        new("HEAD", _ => Task.FromResult(Array.ConvertAll(FromMemory, Head))),
        new("404", _ => Task.FromResult(Send(Requests.One(StatusCodes.Status404NotFound, "GET", RunningServers.Absent), FromMemory))),
        new("80 % hot 4 KiB, 15 % 304, 5 % cold 1 MiB", MixAsync),
        new(ManyConnections, _ => Task.FromResult(Array.ConvertAll(FromMemory, side => Send(Get(servers.Small), side, connections: 256)))),
    ];

    private static Requests Get(string path) => Requests.One(StatusCodes.Status200OK, "GET", path);

    private Contender[] Send(Requests requests, params Side[] sides) => Array.ConvertAll(sides, side => Send(requests, side, Connections));

    private Contender Send(Requests requests, Side side, int connections) =>
        new(side, (seconds, ct) => side.MeasureAsync(() => wrk.RunAsync(side.Address!, requests, connections, seconds, ct)));

    private Contender Head(Side side)
    {
        var requests = Requests.One(StatusCodes.Status200OK, "HEAD", servers.Small);
        return new(side, (seconds, ct) =>
            side.MeasureAsync(() => HeadRequests.RunAsync(side.Address!, requests, Connections, seconds, ct)));
    }

    private Task<string[]> CreateAsync(int bytes, int count, CancellationToken ct) => servers.Images.CreateAsync(new(bytes), count, ct);

    private async Task<Contender[]> ColdAsync(CancellationToken ct)
    {
        var paths = await CreateAsync(Sizes.Medium, ColdMedium, ct);
        return Array.ConvertAll(
            Send(Requests.Paths(StatusCodes.Status200OK, paths), [.. servers.Services, servers.Select, servers.Nginx]),
            contender => AfterReading(paths, contender));
    }

    // Reads all images first. Otherwise the first server would load them from disk for the others.
    private Contender AfterReading(string[] paths, Contender contender) => contender with
    {
        RunAsync = async (seconds, ct) =>
        {
            var ids = string.Join(',', paths.Select(path => $"'{path[(path.LastIndexOf('/') + 1)..]}'"));
            await servers.Database.ExecuteAsync($"SELECT count(sha256(image_data))::int FROM game_images WHERE id IN ({ids})", ct);
            return await contender.RunAsync(seconds, ct);
        },
    };

    // nginx creates its own entity tags.
    private async Task<Requests> ConditionalAsync(Side side, CancellationToken ct)
    {
        var response = await RecordedResponse.RecordAsync(servers.Images.Anonymous, $"{new Uri(side.Address!, servers.Small)}", "", ct);
        return Requests.One(StatusCodes.Status304NotModified, "GET", servers.Small, $"If-None-Match: {response.Headers["ETag"]}\r\n");
    }

    private async Task<Contender[]> MixAsync(CancellationToken ct)
    {
        var cold = await CreateAsync(Sizes.Large, ColdLarge, ct);
        return await Task.WhenAll(
            new[] { servers.Service, servers.Nginx }.Select(async side =>
            {
                var conditional = await ConditionalAsync(side, ct);
                var requests = cold.SelectMany(path =>
                        Enumerable.Repeat(Get(servers.Small), 16).Concat(Enumerable.Repeat(conditional, 3)).Append(Get(path)))
                    .ToArray();
                new Random(1).Shuffle(requests);
                return AfterReading(cold, Send(Requests.Mixed(requests), side)[0]);
            }));
    }
}
