using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Infrastructure.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp;
