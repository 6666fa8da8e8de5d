using GameImages.Domain.Games;

namespace GameImages.Domain.Tests.Games;

public sealed class SnowflakeTests
{
    [TestCase("1")]
    [TestCase("9223372036854775807")]
    public void A_parsed_id_has_the_same_text_again(string text) =>
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
    public void Other_texts_are_refused(string? text)
    {
        Assert.That(Snowflake.TryParse(text, null, out _), Is.False);
        Assert.That(() => Snowflake.Parse(text!), Throws.TypeOf<FormatException>());
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_number_that_is_not_positive_is_refused(long number) =>
        Assert.That(() => new Snowflake(number), Throws.TypeOf<BrokenRuleException>().With.Property("Subject").EqualTo("Snowflake"));
}
