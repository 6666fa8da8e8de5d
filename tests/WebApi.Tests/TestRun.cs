using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.WebApi.Tests;

/// <summary>Starts the PostgreSQL server of this test project.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    [OneTimeSetUp]
    public Task Start_the_server() => TestServer.StartAsync();

    [OneTimeTearDown]
    public Task Stop_the_server() => TestServer.StopAsync();
}
