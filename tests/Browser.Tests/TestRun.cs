using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Browser.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp
{
    protected override Task StopProgramsAsync() => Chromium.StopAsync();
}
