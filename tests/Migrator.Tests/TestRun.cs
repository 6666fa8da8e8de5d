using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Migrator.Tests;

/// <summary>Starts one PostgreSQL for all tests of this project.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    [OneTimeSetUp]
    public Task Start_the_server() => TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_processes_and_the_server()
    {
        WarmProcess.StopAll();
        await TestServer.StopAsync();
    }
}
