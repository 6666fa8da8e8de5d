using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Browser.Tests;

[SetUpFixture]
internal sealed class Run
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
