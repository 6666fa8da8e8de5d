using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Servers;
using GameImages.EmbeddedPostgres;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Setup;

/// <summary>Starts all compared servers, with the same hot images.</summary>
internal sealed class RunningServers : IAsyncDisposable
{
    /// <summary>The path of an image that no server has.</summary>
    public const string Absent = "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01";

    private readonly Stack<IAsyncDisposable> running = [];
    private readonly string serviceFolder;
    private readonly string? folderBefore;
    private readonly DataFolder data;

    /// <param name="serviceFolder">The folder that the service was published to.</param>
    /// <param name="folderBefore">The folder of an earlier build; null for none.</param>
    public RunningServers(string serviceFolder, string? folderBefore = null)
    {
        this.serviceFolder = serviceFolder;
        this.folderBefore = folderBefore;
        Folder = Directory.CreateTempSubdirectory("gameimages-bench.").FullName;
        data = new(Path.Combine(Folder, "database"));
    }

    /// <summary>The folder for temporary files.</summary>
    public string Folder { get; }

    public Database Database { get; private set; } = null!;
    public UploadedImages Images { get; private set; } = null!;

    public string Small { get; private set; } = null!;
    public string Medium { get; private set; } = null!;
    public string Large { get; private set; } = null!;

    public Side Service { get; private set; } = null!;

    /// <summary>The service and, if there is one, its earlier build.</summary>
    public IReadOnlyList<Side> Services { get; private set; } = [];

    public Side Nginx { get; private set; } = null!;
    public Side Kestrel { get; private set; } = null!;
    public Side Select { get; private set; } = null!;
    public Side Postgres { get; private set; } = null!;

    /// <summary>The header line with a member's token.</summary>
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

        // Another service receives the uploads, so that they do not use memory of the measured service.
        var files = Path.Combine(Folder, "files");
        Images = new(
            (await RunAsync(Side.Service, StartService(), Database.Processes, ct)).Address!,
            PublishedService.Token(Database),
            files);
        Small = await CreateAsync(Sizes.Small);
        Medium = await CreateAsync(Sizes.Medium);
        Large = await CreateAsync(Sizes.Large);

        var responses = Path.Combine(Folder, "responses.json");
        var small = await RecordAsync(Small);
        var medium = await RecordAsync(Medium);
        RecordedResponse.Write(
            responses,
            [medium, small, await RecordAsync(Large), await RecordAsync(Absent), await RecordAsync(Small, small.Headers["ETag"])]);

        Kestrel = await RunAsync(Side.BareKestrel, BareKestrel.Start("memory", responses, Database), null, ct);
        Select = await RunAsync(Side.BareKestrelWithSelect, BareKestrel.Start("select", responses, Database), Database.Processes, ct);

        var (nginx, address) = await NginxServer.StartAsync(Folder, files, medium, ct);
        running.Push(nginx);
        Nginx = new(Side.Nginx, address, new(nginx.Id), null);

        async Task<string> CreateAsync(int bytes) => (await Images.CreateAsync(new(bytes), 1, ct))[0];
        Task<RecordedResponse> RecordAsync(string path, string ifNoneMatch = "") =>
            RecordedResponse.RecordAsync(Images.Anonymous, path, ifNoneMatch, ct);
    }

    /// <summary>Starts another process of the service. The caller disposes it.</summary>
    public ServerProcess StartService() => PublishedService.Start(serviceFolder, Database);

    public async ValueTask DisposeAsync()
    {
        Images?.Dispose();

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
