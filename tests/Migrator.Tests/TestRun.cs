using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Migrator.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp
{
    protected override Task StopProgramsAsync()
    {
        WarmProcess.StopAll();
        return Task.CompletedTask;
    }
}
