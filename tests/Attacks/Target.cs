using System.Net.Http.Headers;
using GameImages.EmbeddedPostgres;
using GameImages.Testing.Servers;

namespace GameImages.Attacks;

/// <summary>A database in a temporary folder, and services that use it with their default limits.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> running = [];
    private readonly string serviceFolder;
    private readonly IReadOnlyList<string> foldersBefore;
    private readonly string folder;

    private Target(string serviceFolder, IReadOnlyList<string> foldersBefore, string folder, Database database)
    {
        this.serviceFolder = serviceFolder;
        this.foldersBefore = foldersBefore;
        this.folder = folder;
        Database = database;
        running.Push(database);
    }

    public Database Database { get; }

    /// <summary>The number of errors that the services have logged.</summary>
    public int ErrorsLogged => running.OfType<ServerProcess>().Sum(service => service.ErrorsLogged);

    /// <param name="serviceFolder">The folder that the service was published to.</param>
    /// <param name="foldersBefore">The folders of earlier builds.</param>
    public static async Task<Target> StartAsync(string serviceFolder, IReadOnlyList<string> foldersBefore, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("gameimages-attack.").FullName;
        await Cores.PinAsync(Environment.ProcessId, Cores.Load, ct);
        return new(serviceFolder, foldersBefore, folder, await Database.StartAsync(new(Path.Combine(folder, "database")), ct));
    }

    /// <summary>Starts another service on the same database.</summary>
    /// <param name="settings">Settings that differ from the defaults.</param>
    /// <returns>The address of the service.</returns>
    public Task<Uri> StartServiceAsync(CancellationToken ct, params (string Key, string Value)[] settings) =>
        StartBuildAsync(serviceFolder, settings, ct);

    /// <summary>Starts each earlier build on the same database.</summary>
    /// <returns>The addresses of the services.</returns>
    public async Task<List<Uri>> StartBeforeAsync(CancellationToken ct)
    {
        var services = new List<Uri>();
        foreach (var before in foldersBefore)
            services.Add(await StartBuildAsync(before, [], ct));

        return services;
    }

    /// <returns>A bearer token for a member of these guilds.</returns>
    public string Token(long user, params long[] guilds) =>
        DevelopmentTokens.Create(Database.Folder, $"{user}", [.. guilds.Select(guild => $"{guild}")], TimeProvider.System);

    /// <returns>A client that sends the member's token. Without guilds, the client sends no token.</returns>
    public HttpClient Client(Uri service, long user = 0, params long[] guilds)
    {
        var client = new HttpClient { BaseAddress = service };
        if (guilds.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(user, guilds));

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        while (running.TryPop(out var started))
            await started.DisposeAsync();

        Directory.Delete(folder, recursive: true);
    }

    private async Task<Uri> StartBuildAsync(string build, (string Key, string Value)[] settings, CancellationToken ct)
    {
        var service = PublishedService.StartWithDefaults(build, Database, settings);
        running.Push(service);
        return await service.AddressAsync(ct);
    }
}
