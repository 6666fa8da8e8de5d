using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Operations.Tests;

/// <summary>Starts one PostgreSQL for all tests of this project.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    [OneTimeSetUp]
    public Task Start_the_server() => TestServer.StartAsync();

    [OneTimeTearDown]
    public Task Stop_the_server() => TestServer.StopAsync();
}
