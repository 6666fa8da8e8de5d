using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Bot.Tests;

[SetUpFixture]
internal sealed class Run
{
    [OneTimeSetUp]
    public Task Start_the_server() => TestServer.StartAsync();

    [OneTimeTearDown]
    public Task Stop_the_server() => TestServer.StopAsync();
}
