using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Bot.Tests;

/// <summary>Starts a PostgreSQL server before the first test of the project and stops it after the last.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    [OneTimeSetUp]
    public Task Start_the_server() => TestServer.StartAsync();

    [OneTimeTearDown]
    public Task Stop_the_server() => TestServer.StopAsync();
}
