using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Infrastructure.Tests;

/// <summary>Starts one PostgreSQL server for all tests of this project, and stops it after the last one.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    [OneTimeSetUp]
    public Task Start_the_server() => TestServer.StartAsync();

    [OneTimeTearDown]
    public Task Stop_the_server() => TestServer.StopAsync();
}
