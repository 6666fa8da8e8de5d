using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Bot.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp;
