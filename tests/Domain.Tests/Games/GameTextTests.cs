using GameImages.Domain.Games;

namespace GameImages.Domain.Tests.Games;

public sealed class GameTextTests
{
    [TestCase("")]
    [TestCase(" \t\r\n\u0085\u00A0\u1680\u2003\u2028\u2029\u202F\u205F\u3000", Description = "white space")]
    [TestCase("\u0001\u001F\u007F\u009F", Description = "control characters")]
    [TestCase("\u00AD\u200B\u200D\u200E\u202E\u2060\u2066\uFEFF\u061C\u180E", Description = "format characters")]
    [TestCase("\u034F\u180B\u180F\uFE00\uFE0F\U000E0100", Description = "joiners and variation selectors")]
    [TestCase("\u115F\u1160\u3164\uFFA0", Description = "fillers of Hangul")]
    [TestCase("\u17B4\u17B5", Description = "vowels of Khmer without a shape")]
    [TestCase("\u2800\U0001D159", Description = "symbols without a shape")]
    [TestCase("\U0001D173\U0001BCA0\U00013430", Description = "controls of music, shorthand and hieroglyphs")]
    [TestCase("\uFFF0\u2065\U000E0001\U000E0041\U000E0FFF", Description = "tags, and code points reserved for ignorable characters")]
    [TestCase("\uFFFE\uFDD0\U0001FFFF", Description = "noncharacters")]
    [TestCase("\uFFF9\uFFFB", Description = "interlinear annotation")]
    public void A_text_without_a_character_that_has_a_shape_is_invisible(string text) => Assert.Multiple(() =>
    {
        Assert.That(GameText.IsVisible(text), Is.False);
        Assert.That(GameText.IsVisible($"{text}x{text}"), Is.True);
    });

    [TestCase("🎲")]
    [TestCase("한")]
    [TestCase("\u0600", Description = "a sign that encloses a number")]
    [TestCase("\u0301", Description = "a mark without a letter")]
    [TestCase("\uFFFD")]
    [TestCase("\uE000", Description = "private use")]
    public void A_text_with_another_character_is_visible(string text) => Assert.That(GameText.IsVisible(text), Is.True);

    [TestCase("é", 1)]
    [TestCase("e\u0301", 2)]
    [TestCase("🎲", 1)]
    [TestCase("👩‍👩‍👧", 5)]
    public void A_length_counts_code_points(string text, int length) => Assert.That(GameText.Length(text), Is.EqualTo(length));
}
