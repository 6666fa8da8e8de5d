using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Operations.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp;
