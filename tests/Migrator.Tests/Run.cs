using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Migrator.Tests;

[SetUpFixture]
internal sealed class Run
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
