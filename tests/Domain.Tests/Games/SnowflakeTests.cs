using GameImages.Domain.Games;

namespace GameImages.Domain.Tests.Games;

public sealed class SnowflakeTests
{
    [TestCase("1")]
    [TestCase("9223372036854775807")]
    public void Digits_are_an_id_and_come_back_as_they_were(string text) =>
        Assert.That(Snowflake.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase(" 1")]
    [TestCase("1.0")]
    [TestCase("1e3")]
    [TestCase("٣")]
    [TestCase("9223372036854775808")]
    public void Anything_else_is_none(string? text)
    {
        Assert.That(Snowflake.TryParse(text, null, out _), Is.False);
        Assert.That(() => Snowflake.Parse(text!), Throws.TypeOf<FormatException>());
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_number_that_is_not_positive_is_none(long number) =>
        Assert.That(() => new Snowflake(number), Throws.TypeOf<BrokenRuleException>().With.Property("Subject").EqualTo("Snowflake"));
}
