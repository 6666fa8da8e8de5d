using System.Text;
using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Servers;
using GameImages.Benchmarks.Setup;

namespace GameImages.Benchmarks.Cases;

/// <summary>What members do with games.</summary>
internal sealed class GameCases(Arena arena, Wrk wrk)
{
    public const string NewPicture = "POST new 64 KiB";
    public const string HotRow = "POST known 4 KiB, one row";

    private const string Path = "/api/v1/games";
    private const int Connections = 16;
    private const int KnownPictures = 1000;

    // More than anybody stores.
    private const int NewPicturesPerSecond = 4000;

    private readonly Games games = new(arena.Database);
    private readonly PgBench pgBench = new(arena.Database.ConnectionString(EmbeddedPostgres.EmbeddedServer.Superuser), arena.Folder);

    // Beyond those that other cases have stored already.
    private int lastNumber = 1_000_000;

    public IEnumerable<Case> All =>
    [
        new(NewPicture, NewPictureAsync),
        new(HotRow, HotRowAsync),
        new("POST known 4 KiB, many rows", ManyRowsAsync),
        new("PATCH without images", PatchAsync),
        new("List 100 of 1,000,000 games", ListAsync),
    ];

    private async Task<Contender[]> NewPictureAsync(CancellationToken ct)
    {
        var series = new Series(Sizes.Medium);
        var form = await FormAsync(series);
        await arena.Database.ExecuteAsync(
            "CREATE TABLE pgbench_pictures (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), data bytea NOT NULL)",
            ct);
        await arena.Database.ExecuteAsync("ALTER TABLE pgbench_pictures ALTER COLUMN data SET STORAGE EXTERNAL", ct);

        // As many bytes, which no byte has to be escaped of, so that as many are sent.
        return
        [
            .. Services(seconds => form with { Middles = NewMarks(seconds) }),
            .. PgBench(
                $"""
                \if :is_first
                SELECT repeat('x', {series.Picture(0).Length}) AS bytes \gset
                \set is_first false
                \endif
                INSERT INTO pgbench_pictures (data) VALUES (:bytes);
                """),
        ];
    }

    private async Task<Contender[]> HotRowAsync(CancellationToken ct)
    {
        var id = arena.Small[(arena.Small.LastIndexOf('/') + 1)..];
        var form = await FormAsync(new(Sizes.Small));
        return
        [
            .. Services(_ => form),
            .. PgBench($"UPDATE game_images SET reference_count = reference_count + 1, updated_at = now() WHERE id = '{id}';"),
        ];
    }

    private async Task<Contender[]> ManyRowsAsync(CancellationToken ct)
    {
        var series = new Series(Sizes.Small);
        await arena.Album.CreateAsync(series, KnownPictures, ct);
        var form = (await FormAsync(series)) with { Middles = [.. Enumerable.Range(0, KnownPictures).Select(Series.Mark)] };
        return Services(_ => form);
    }

    private async Task<Contender[]> PatchAsync(CancellationToken ct)
    {
        const string body = """{"title":"Dune: Imperium"}""";
        var headers = $"{arena.Authorization}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
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
            arena.Authorization);
        return Services(_ => requests);
    }

    private Task<Requests> FormAsync(Series series) =>
        Requests.FormAsync(Album.Form(series.Picture(0)), Series.Mark(0), Path, arena.Authorization);

    private byte[][] NewMarks(int seconds) =>
        [.. Enumerable.Range(0, seconds * NewPicturesPerSecond).Select(_ => Series.Mark(++lastNumber))];

    /// <param name="requests">Makes those of a turn that takes so many seconds.</param>
    private Contender[] Services(Func<int, Requests> requests) => [.. arena.Services.Select(side => new Contender(
        side, (seconds, ct) => side.MeasureAsync(() => wrk.RunAsync(side.Address!, requests(seconds), Connections, seconds, ct))))];

    private IEnumerable<Contender> PgBench(string script) => Load.PgBench.IsInstalled
        ? [new(arena.Postgres, (seconds, ct) => arena.Postgres.MeasureAsync(() => pgBench.RunAsync(script, Connections, seconds, ct)))]
        : [];
}
