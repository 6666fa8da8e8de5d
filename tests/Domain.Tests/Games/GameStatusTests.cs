using GameImages.Domain.Games;

namespace GameImages.Domain.Tests.Games;

public sealed class GameStatusTests
{
    [Test]
    public void Every_status_has_its_name() => Assert.That(
        GameStatus.All.Select(status => status.Name),
        Is.EqualTo(new[] { "scheduled", "in progress", "completed", "cancelled" }));
}
