using GameImages.Testing;

[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace GameImages.WebApi.Tests;

[SetUpFixture]
internal sealed class TestRun : ServerSetUp;
