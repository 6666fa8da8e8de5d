using System.Text;
using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Setup;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Cases;

/// <summary>Requests that members send for games.</summary>
internal sealed class GameCases(RunningServers servers, Wrk wrk)
{
    public const string NewImage = "POST new 64 KiB";
    public const string HotRow = "POST known 4 KiB, one row";

    private const string Path = "/api/v1/games";
    private const int Connections = 16;
    private const int KnownImages = 1000;

    // More than any server can store.
    private const int NewImagesPerSecond = 4000;

    private readonly Games games = new(servers.Database);
    private readonly PgBench pgBench = new(servers.Database.ConnectionString(EmbeddedPostgres.EmbeddedServer.Superuser), servers.Folder);

    // Larger than the numbers of the images that other cases have stored.
    private int lastNumber = 1_000_000;

    public IEnumerable<Case> All =>
    [
        new(NewImage, NewImageAsync),
        new(HotRow, HotRowAsync),
        new("POST known 4 KiB, many rows", ManyRowsAsync),
        new("PATCH without images", PatchAsync),
        new("List 100 of 1,000,000 games", ListAsync),
    ];

    private async Task<Contender[]> NewImageAsync(CancellationToken ct)
    {
        var series = new PngSeries(Sizes.Medium);
        var form = await FormAsync(series);
        await servers.Database.ExecuteAsync(
            "CREATE TABLE pgbench_images (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), data bytea NOT NULL)",
            ct);
        await servers.Database.ExecuteAsync("ALTER TABLE pgbench_images ALTER COLUMN data SET STORAGE EXTERNAL", ct);

        // The text has as many bytes as the image, and none of them needs an escape, so pgbench sends as many bytes.
        return
        [
            .. Services(seconds => form with { Middles = NewMarks(seconds) }),
            .. PgBench(
                $"""
                \if :is_first
                SELECT repeat('x', {series.Image(0).Length}) AS bytes \gset
                \set is_first false
                \endif
                INSERT INTO pgbench_images (data) VALUES (:bytes);
                """),
        ];
    }

    private async Task<Contender[]> HotRowAsync(CancellationToken ct)
    {
        var id = servers.Small[(servers.Small.LastIndexOf('/') + 1)..];
        var form = await FormAsync(new(Sizes.Small));
        return
        [
            .. Services(_ => form),
            .. PgBench($"UPDATE game_images SET reference_count = reference_count + 1, updated_at = now() WHERE id = '{id}';"),
        ];
    }

    private async Task<Contender[]> ManyRowsAsync(CancellationToken ct)
    {
        var series = new PngSeries(Sizes.Small);
        await servers.Images.CreateAsync(series, KnownImages, ct);
        var form = (await FormAsync(series)) with { Middles = [.. Enumerable.Range(0, KnownImages).Select(PngSeries.Mark)] };
        return Services(_ => form);
    }

    private async Task<Contender[]> PatchAsync(CancellationToken ct)
    {
        const string body = """{"title":"Dune: Imperium"}""";
        var headers = $"{servers.Authorization}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        var requests = Requests.Paths(StatusCodes.Status200OK, await games.PathsAsync(ct), "PATCH", headers, body);
        return Services(_ => requests);
    }

    private async Task<Contender[]> ListAsync(CancellationToken ct)
    {
        await games.InsertAsync(ct);
        var requests = Requests.One(
            StatusCodes.Status200OK,
            "GET",
            $"{Path}?guild_id={PublishedService.Guild}&limit=100",
            servers.Authorization);
        return Services(_ => requests);
    }

    private Task<Requests> FormAsync(PngSeries series) =>
        Requests.FormAsync(GameForm.Create(series.Image(0)), PngSeries.Mark(0), Path, servers.Authorization);

    private byte[][] NewMarks(int seconds) =>
        [.. Enumerable.Range(0, seconds * NewImagesPerSecond).Select(_ => PngSeries.Mark(++lastNumber))];

    /// <param name="requests">Creates the requests for a measurement of this number of seconds.</param>
    private Contender[] Services(Func<int, Requests> requests) => [.. servers.Services.Select(side => new Contender(
        side, (seconds, ct) => side.MeasureAsync(() => wrk.RunAsync(side.Address!, requests(seconds), Connections, seconds, ct))))];

    private IEnumerable<Contender> PgBench(string script) => Load.PgBench.IsInstalled
        ? [new(servers.Postgres, (seconds, ct) => servers.Postgres.MeasureAsync(() => pgBench.RunAsync(script, Connections, seconds, ct)))]
        : [];
}
