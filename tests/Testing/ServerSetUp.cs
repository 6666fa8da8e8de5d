using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>
/// Starts one PostgreSQL server before the first test of a project, and stops it after the last one. A project that needs the server has
/// a set-up fixture that derives from this class.
/// </summary>
public abstract class ServerSetUp
{
    [OneTimeSetUp]
    public Task StartServerAsync() => TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServerAsync()
    {
        await StopProgramsAsync();
        await TestServer.StopAsync();
    }

    /// <summary>Stops the programs that the tests of the project have started. It runs before the server stops.</summary>
    protected virtual Task StopProgramsAsync() => Task.CompletedTask;
}
