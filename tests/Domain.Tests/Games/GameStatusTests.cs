using GameImages.Domain.Games;

namespace GameImages.Domain.Tests.Games;

public sealed class GameStatusTests
{
    [TestCase("scheduled")]
    [TestCase("in_progress")]
    [TestCase("completed")]
    [TestCase("cancelled")]
    public void A_name_comes_back_as_it_was(string name) => Assert.That(GameStatus.Parse(name).ToString(), Is.EqualTo(name));

    [TestCase("")]
    [TestCase("Scheduled")]
    [TestCase("done")]
    public void Another_name_is_refused_with_the_names_there_are(string name) => Assert.That(
        () => GameStatus.Parse(name),
        Throws.TypeOf<FormatException>().With.Message.EqualTo("A status is one of scheduled, in_progress, completed, cancelled."));
}
