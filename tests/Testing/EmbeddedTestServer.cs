using GameImages.EmbeddedPostgres;

namespace GameImages.Testing;

/// <summary>The embedded server with its data in a temporary folder.</summary>
internal sealed class EmbeddedTestServer : ITestServer
{
    private readonly DataFolder folder;
    private readonly EmbeddedServer server;

    private EmbeddedTestServer(DataFolder folder, EmbeddedServer server)
    {
        this.folder = folder;
        this.server = server;
    }

    public static async Task<ITestServer> StartAsync(string settings)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("gameimages-tests.").FullName);
        try
        {
            return new EmbeddedTestServer(folder, await EmbeddedServer.StartAsync(folder, settings));
        }
        catch
        {
            folder.Delete();
            throw;
        }
    }

    public string ConnectionString(string role, string database) => server.ConnectionString(role, database);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete();
    }
}
