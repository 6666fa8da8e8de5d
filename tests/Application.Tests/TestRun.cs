using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Application.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp;
