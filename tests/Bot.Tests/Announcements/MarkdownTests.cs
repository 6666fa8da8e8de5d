namespace GameImages.Bot.Tests.Announcements;

public sealed class MarkdownTests
{
    private const string Family = "👩‍👩‍👧‍👦";

    [TestCase("*i* _i_ __u__ ~~s~~ ||h|| `c`", @"\*i\* \_i\_ \_\_u\_\_ \~\~s\~\~ \|\|h\|\| \`c\`")]
    [TestCase("```\ncode\n```", "\\`\\`\\`\ncode\n\\`\\`\\`")]
    [TestCase(@"\*", @"\\\*")]
    [TestCase(@"¯\_(ツ)_/¯", @"¯\\\_(ツ)\_/¯")]
    [TestCase("[a](b)", @"\[a](b)")]
    [TestCase("<@1> <@&1> <#1> </c:1> <id:guide>", @"\<\@1> \<\@&1> \<\#1> \</c\:1> \<id\:guide>")]
    [TestCase("<t:0:R> <:a:1> <a:b:1>", @"\<t\:0\:R> \<\:a\:1> \<a\:b\:1>")]
    [TestCase("@everyone @here", @"\@everyone \@here")]
    [TestCase(":tada: :+1: note: :)", @"\:tada: \:+1: note: :)")]
    public void Markup_is_escaped(string text, string expected) => Assert.That(Announced.Description(text), Is.EqualTo(expected));

    [TestCase("# a", @"\# a")]
    [TestCase("-# a", @"\-# a")]
    [TestCase("> a", @"\> a")]
    [TestCase(">>> a", @"\>>> a")]
    [TestCase("- a", @"\- a")]
    [TestCase("+ a", @"\+ a")]
    [TestCase("12. a", @"12\. a")]
    [TestCase("a\n  # b\r\n\u200B- c\u20281. d", "a\n  \\# b\n\u200B\\- c\n1\\. d")]
    [TestCase("C# a > b - c + d 1. e", "C# a > b - c + d 1. e")]
    [TestCase("v1. a", "v1. a")]
    public void Markup_at_the_start_of_a_line_is_escaped_there(string text, string expected) =>
        Assert.That(Announced.Description(text), Is.EqualTo(expected));

    [TestCase("https://example.org/a_b_c/~me/@you?q=*", @"https://example.org/a_b_c/~me/@you?q=\*")]
    [TestCase("(https://example.org/Foo_(bar)_baz).", "(https://example.org/Foo_(bar)_baz).")]
    [TestCase("[a](https://example.org/a_b)", @"\[a](https://example.org/a_b)")]
    [TestCase("<https://example.org/a_b>", "<https://example.org/a_b>")]
    [TestCase("<https://example.org/a_b", @"\<https://example.org/a_b")]
    [TestCase("http://example.org/größe_1: x", "http://example.org/größe_1: x")]
    [TestCase("https://_x_", @"https://\_x\_")]
    [TestCase("https://a <@1>", @"https://a \<\@1>")]
    [TestCase("https://a.b<#1><@1><t:0>", @"https://a.b\<\#1>\<\@1>\<t\:0>")]
    [TestCase("xhttps://example.org/a_b", @"xhttps://example.org/a\_b")]
    [TestCase("HTTPS://example.org/a_b", @"HTTPS://example.org/a\_b")]
    public void A_bare_link_still_works(string text, string expected) => Assert.That(Announced.Description(text), Is.EqualTo(expected));

    [Test]
    public void A_title_is_one_line_and_makes_no_links() =>
        Assert.That(
            Announced.Embed(Announced.Game with { Title = "1. *Night*\r\n\t https://example.org/a_b " }).Title,
            Is.EqualTo(@"1\. \*Night\* https://example.org/a\_b"));

    [TestCase("a\u202E\u202A\u202Bb\u202C\u202Dc\u2066\u2067\u2068d\u2069", "abcd")]
    [TestCase("\u200Fשלום\u200E!", "\u200Fשלום\u200E!")]
    public void Characters_that_change_the_direction_of_later_text_are_removed(string text, string expected) =>
        Assert.That(Announced.Description(text), Is.EqualTo(expected));

    [Test]
    public void Control_characters_except_line_feeds_and_tabs_are_removed() =>
        Assert.That(Announced.Description("a\0\u0001\u001B\u007F\u009Fb\r\nc\rd\te"), Is.EqualTo("ab\nc\nd\te"));

    [Test]
    public void A_lone_surrogate_is_replaced() =>
        Assert.That(Announced.Description("a\uD83Cb\uDF89c\uDF89\uD83C"), Is.EqualTo("a\uFFFDb\uFFFDc\uFFFD\uFFFD"));

    [Test]
    public void A_control_between_surrogates_does_not_join_them() =>
        Assert.That(Announced.Description("\uD83C\0\uDF89"), Is.EqualTo("\uFFFD\uFFFD"));

    [Test]
    public void A_text_of_exactly_the_limit_is_not_cut() => Assert.That(Signup(new('a', 1024)), Is.EqualTo(new string('a', 1024)));

    [Test]
    public void A_longer_text_is_cut_and_ends_with_an_ellipsis() =>
        Assert.That(Signup(new('a', 1025)), Is.EqualTo(new string('a', 1023) + "…"));

    [Test]
    public void White_space_before_the_ellipsis_is_removed() =>
        Assert.That(Signup(new string('a', 1020) + "   bbb"), Is.EqualTo(new string('a', 1020) + "…"));

    [Test]
    public void An_escape_is_never_cut_in_the_middle() => Assert.Multiple(() =>
    {
        Assert.That(Signup(new('*', 600)), Is.EqualTo(Repeat(@"\*", 511) + "…"));
        Assert.That(Signup("a" + new string('\\', 600)), Is.EqualTo("a" + Repeat(@"\\", 511) + "…"));
    });

    [Test]
    public void A_grapheme_is_never_cut_in_the_middle() => Assert.Multiple(() =>
    {
        Assert.That(Signup(new string('a', 1022) + "🎲🎲"), Is.EqualTo(new string('a', 1022) + "…"));
        Assert.That(Signup(new string('a', 1013) + Family + "b"), Is.EqualTo(new string('a', 1013) + "…"));
        Assert.That(Signup(new string('a', 1012) + Family + "b"), Is.EqualTo(new string('a', 1012) + Family + "b"));
        Assert.That(Signup(new string('a', 1012) + Family + "bc"), Is.EqualTo(new string('a', 1012) + Family + "…"));
    });

    [Test]
    public void A_grapheme_longer_than_the_limit_is_cut_between_code_points() => Assert.Multiple(() =>
    {
        Assert.That(Signup("e" + new string('\u0301', 2000)), Is.EqualTo("e" + new string('\u0301', 1022) + "…"));
        Assert.That(Signup("e" + Repeat("\U0001E8D0", 1000)), Is.EqualTo("e" + Repeat("\U0001E8D0", 511) + "…"));
        Assert.That(Signup("e\u0301" + Repeat("\U0001E8D0", 1000)), Is.EqualTo("e\u0301" + Repeat("\U0001E8D0", 510) + "…"));
        Assert.That(Signup(Repeat("\u0600", 1022) + "*" + "b"), Is.EqualTo(Repeat("\u0600", 1022) + "…"));
    });

    [Test]
    public void A_link_is_never_cut_in_the_middle_and_a_space_separates_it_from_the_ellipsis() =>
        Assert.Multiple(() =>
        {
            Assert.That(Signup(new string('a', 1000) + " https://example.org/path bcd"), Is.EqualTo(new string('a', 1000) + "…"));
            Assert.That(
                Signup(new string('a', 997) + " https://example.org/path bcd"),
                Is.EqualTo(new string('a', 997) + " https://example.org/path …"));
        });

    private static string? Signup(string instructions) =>
        Announced.Field(Announced.Game with { SignupInstructions = instructions }, "Signup Instructions");

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
