using GameImages.Bot.Preview;

namespace GameImages.Bot.Tests.Preview;

public sealed class PreviewTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(100);

    [TestCase(@"a \*b\* \`c\`", "a *b* `c`")]
    [TestCase("<script>", "&lt;script&gt;")]
    [TestCase(@"\<@7\>", "&lt;@7&gt;")]
    [TestCase("<@7>", "<span class=\"mention\">@7</span>")]
    [TestCase("<t:8640000:R>", "<time>0 seconds ago</time>")]
    [TestCase("<t:8726400:R>", "<time>in 1 day</time>")]
    [TestCase("<t:0:R>", "<time>3 months ago</time>")]
    [TestCase("<t:0:F>", "<time>Thursday, 1 January 1970 00:00 UTC</time>")]
    [TestCase(
        "see https://example.org/a_b\"c.",
        "see <a href=\"https://example.org/a_b&quot;c.\" rel=\"noreferrer\">https://example.org/a_b&quot;c.</a>")]
    public void Text_is_shown_as_Discord_shows_it(string text, string expected) =>
        Assert.That(new DiscordText(Now).ToHtml(text), Is.EqualTo(expected));

    [Test]
    public void An_announcement_shows_every_text_and_escapes_its_HTML()
    {
        var page = PreviewPage.Render(
            [
                new()
                {
                    Embeds =
                    [
                        new()
                        {
                            Title = "<b>Dune</b>",
                            Color = 0x57F287,
                            Author = new("<i>Ann</i>"),
                            Description = "<u>Spice</u>",
                            Footer = new("Status: Scheduled"),
                            Fields = [new("Where", "<s>here</s>", Inline: true)],
                            Thumbnail = new("https://example.org/\"><script>", "A \"<script>\" & <b>"),
                            Image = new("https://example.org/2.png", "A map"),
                        },
                    ],
                },
            ],
            Now);

        Assert.That(
            page,
            Does.Contain("#57f287")
                .And.Contain("&lt;b&gt;Dune")
                .And.Contain("&lt;i&gt;Ann")
                .And.Contain("&lt;u&gt;Spice")
                .And.Contain("&lt;s&gt;here")
                .And.Contain("Status: Scheduled")
                .And.Contain("alt=\"A &quot;&lt;script&gt;&quot; &amp; &lt;b&gt;\"")
                .And.Contain("src=\"https://example.org/2.png\" alt=\"A map\"")
                .And.Not.Contain("<script>"));
    }
}
