using GameImages.Domain.Games;
using GameImages.WebApi.Http;

namespace GameImages.WebApi.Tests.Games;

public sealed class StatusNamesTests
{
    [Test]
    public void Names_are_in_snake_case() =>
        Assert.That(StatusNames.All, Is.EqualTo(new[] { "scheduled", "in_progress", "completed", "cancelled" }));

    [Test]
    public void A_status_is_found_by_its_name([ValueSource(typeof(GameStatus), nameof(GameStatus.All))] GameStatus status) =>
        Assert.That(StatusNames.Find(StatusNames.Of(status)), Is.SameAs(status));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Scheduled")]
    [TestCase("in progress")]
    [TestCase("done")]
    public void Another_name_finds_no_status(string? name) => Assert.That(StatusNames.Find(name), Is.Null);
}
