using GameImages.Infrastructure.Server;

namespace GameImages.Infrastructure.Tests.Server;

public sealed class DiskChecksTests
{
    [TestCase(999_999_999, 2_000_000_000, Health.Problem)]
    [TestCase(1_000_000_000, 10_000_000_000, Health.Ok)]
    [TestCase(1_000_000_000, 10_000_000_001, Health.Warning)]
    [TestCase(0, 0, Health.Problem)]
    public void Little_free_space_is_a_warning_and_almost_none_is_a_problem(long freeBytes, long totalBytes, Health expected)
    {
        var finding = DiskChecks.Judge("/data", freeBytes, totalBytes);
        Assert.That(finding.Health, Is.EqualTo(expected));
        Assert.That(finding.ToDo, expected == Health.Ok ? Is.Null : Is.Not.Null);
    }
}
