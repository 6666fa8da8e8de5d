using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Servers;
using GameImages.EmbeddedPostgres;

namespace GameImages.Benchmarks.Setup;

/// <summary>Everybody who is compared, running, with the hot pictures that all of them have.</summary>
internal sealed class Arena : IAsyncDisposable
{
    /// <summary>The path of a picture that nobody has.</summary>
    public const string Absent = "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01";

    private readonly Stack<IAsyncDisposable> running = [];
    private readonly string serviceFolder;
    private readonly string? folderBefore;
    private readonly DataFolder data;

    /// <param name="serviceFolder">Where the service was published to.</param>
    /// <param name="folderBefore">The same for an earlier build; null for none.</param>
    public Arena(string serviceFolder, string? folderBefore = null)
    {
        (this.serviceFolder, this.folderBefore) = (serviceFolder, folderBefore);
        Folder = Directory.CreateTempSubdirectory("gameimages-bench.").FullName;
        data = new(Path.Combine(Folder, "database"));
    }

    /// <summary>For files of any kind.</summary>
    public string Folder { get; }

    public Database Database { get; private set; } = null!;
    public Album Album { get; private set; } = null!;

    public string Small { get; private set; } = null!;
    public string Medium { get; private set; } = null!;
    public string Large { get; private set; } = null!;

    public Side Service { get; private set; } = null!;

    /// <summary>The service, and the earlier build of it if there is one.</summary>
    public IReadOnlyList<Side> Services { get; private set; } = [];

    public Side Nginx { get; private set; } = null!;
    public Side Kestrel { get; private set; } = null!;
    public Side Select { get; private set; } = null!;
    public Side Postgres { get; private set; } = null!;

    /// <summary>A line of a request that shows a member's token.</summary>
    public string Authorization => $"Authorization: Bearer {PublishedService.Token(Database)}\r\n";

    public async Task StartAsync(CancellationToken ct)
    {
        await Cores.PinAsync(Environment.ProcessId, Cores.Load, ct);
        running.Push(Database = await Database.StartAsync(data, ct));
        Postgres = new(Side.PgBench, null, null, Database.Processes);
        Service = await RunAsync(Side.Service, StartService(), Database.Processes, ct);
        Services = folderBefore is null
            ? [Service]
            : [Service, await RunAsync(Side.Before, PublishedService.Start(folderBefore, Database), Database.Processes, ct)];

        // Another service takes the pictures, so that the memory of those that are measured knows nothing of the uploads.
        var files = Path.Combine(Folder, "files");
        Album = new(
            (await RunAsync(Side.Service, StartService(), Database.Processes, ct)).Address!,
            PublishedService.Token(Database),
            files);
        (Small, Medium, Large) = (await CreateAsync(Sizes.Small), await CreateAsync(Sizes.Medium), await CreateAsync(Sizes.Large));

        var answers = Path.Combine(Folder, "answers.json");
        var (small, medium) = (await RecordAsync(Small), await RecordAsync(Medium));
        Answer.Write(
            answers,
            [medium, small, await RecordAsync(Large), await RecordAsync(Absent), await RecordAsync(Small, small.Headers["ETag"])]);

        Kestrel = await RunAsync(Side.BareKestrel, BareKestrel.Start("memory", answers, Database), null, ct);
        Select = await RunAsync(Side.BareKestrelWithSelect, BareKestrel.Start("select", answers, Database), Database.Processes, ct);

        var (nginx, address) = await NginxServer.StartAsync(Folder, files, medium, ct);
        running.Push(nginx);
        Nginx = new(Side.Nginx, address, new(nginx.Id), null);

        async Task<string> CreateAsync(int bytes) => (await Album.CreateAsync(new(bytes), 1, ct))[0];
        Task<Answer> RecordAsync(string path, string ifNoneMatch = "") => Answer.RecordAsync(Album.Anybody, path, ifNoneMatch, ct);
    }

    /// <summary>Another one, for the caller to end.</summary>
    public ServerProcess StartService() => PublishedService.Start(serviceFolder, Database);

    public async ValueTask DisposeAsync()
    {
        Album?.Dispose();

        while (running.TryPop(out var last))
            await last.DisposeAsync();

        data.Delete();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<Side> RunAsync(string name, ServerProcess process, ProcessGroup? database, CancellationToken ct)
    {
        running.Push(process);
        return new(name, await process.AddressAsync(ct), new(process.Id), database);
    }
}
