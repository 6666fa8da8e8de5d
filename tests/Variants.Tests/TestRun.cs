using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.Variants.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp;
