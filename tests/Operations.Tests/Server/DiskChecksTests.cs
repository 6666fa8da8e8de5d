using GameImages.Operations.Server;

namespace GameImages.Operations.Tests.Server;

public sealed class DiskChecksTests
{
    [TestCase(999_999_999, 2_000_000_000, Health.Problem)]
    [TestCase(1_000_000_000, 10_000_000_000, Health.Ok)]
    [TestCase(1_000_000_000, 10_000_000_001, Health.Warning)]
    [TestCase(0, 0, Health.Problem)]
    public void Little_room_is_a_warning_and_none_a_problem(long freeBytes, long totalBytes, Health expected)
    {
        var finding = DiskChecks.CheckFreeSpace("/data", freeBytes, totalBytes);
        Assert.That((finding.Health, finding.ToDo is null), Is.EqualTo((expected, expected == Health.Ok)));
    }
}
