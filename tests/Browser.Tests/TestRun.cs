using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Browser.Tests;

/// <summary>Starts the PostgreSQL server that all tests share, and stops it and the browser at the end.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    [OneTimeSetUp]
    public Task Start_the_server() => TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_browser_and_the_server()
    {
        await Chromium.StopAsync();
        await TestServer.StopAsync();
    }
}
