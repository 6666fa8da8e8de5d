using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using GameImages.Application.Games;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Bot.Tests.Announcements;

/// <summary>Rules that hold for every announcement and for any text that people write.</summary>
[Category("Long")]
public sealed class AnnouncementProperties
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Markdown =
    [
        .. @"\ * _ ~ | ` [ ] ( ) < > @ : # - + . 1. -# ``` || ** __ ~~ >>> #".Split(' '),
        .. "@everyone <@1> <#1> <t:0:R> <a:b:1> </c:1> :tada: [a](https://b.c)".Split(' '),
        " ", "\n", "\n# ", "\n> ", "\n- ", "\n1. ", "\r\n", "\u2028",
    ];

    private static readonly string[] Links =
    [
        "https://example.org/a_b_c ", "http://a.b/~c", "<https://example.org/*a*>", "<https://example.org/a_b>",
        "https://_", "(https://example.org/x_(y)_z)",
    ];

    private static readonly string[] Scripts =
    [
        "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇰", "🎲", "שלום", "مرحبا", "한", "क्षि",
        "\u0600", "é", "a", "word ",
        "\u202E", "\u2067", "\u200F", "\u200B", "\u200D", "\u3164", "\0", "\t", "…",
    ];

    [Test]
    public void Every_message_stays_within_the_limits_of_Discord() => ForAnyGame((_, embed) => Assert.Multiple(() =>
    {
        Assert.That(embed.Title, Has.Length.LessThanOrEqualTo(256));
        Assert.That(embed.Description ?? "", Has.Length.LessThanOrEqualTo(4096));
        Assert.That(embed.Author?.Name ?? "", Has.Length.LessThanOrEqualTo(256));
        Assert.That(embed.Footer.Text, Has.Length.LessThanOrEqualTo(2048));
        Assert.That(embed.Fields, Has.Count.LessThanOrEqualTo(25));
        Assert.That(embed.Fields.Select(field => field.Name.Length), Is.All.LessThanOrEqualTo(256));
        Assert.That(embed.Fields.Select(field => field.Value.Length), Is.All.LessThanOrEqualTo(1024));
        Assert.That(Texts(embed).Sum(text => text.Length), Is.LessThanOrEqualTo(6000));
        Assert.That(AltTexts(embed).Select(text => text.Length), Is.All.InRange(1, 1024));
    }));

    [Test]
    public void Every_text_is_visible_and_trimmed() =>
        ForAnyGame(
            (_, embed) =>
                Assert.That(
                    Texts(embed),
                    Is.All.Matches<string>(text =>
                        Regex.IsMatch(text!, @"[^\s\p{C}\p{Mn}\p{Me}\u3164]|\p{Cs}|\p{Cn}|\p{Co}") && text == text!.Trim())));

    [Test]
    public void Every_text_is_well_formed_Unicode() =>
        ForAnyGame((_, embed) => Assert.That(() => Texts(embed).Concat(AltTexts(embed)).Sum(Strict.GetByteCount), Throws.Nothing));

    [Test]
    public void No_text_contains_control_characters_that_affect_later_text() => ForAnyGame((_, embed) =>
        Assert.That(Texts(embed).Concat(AltTexts(embed)), Is.All.Not.Match(@"[\u202A-\u202E\u2066-\u2069]|[\p{Cc}-[\n\t]]")));

    [Test]
    public void Discord_shows_every_text_unformatted() => ForAnyGame((_, embed) => Assert.Multiple(() =>
    {
        Assert.That(DiscordReader.Markup(embed.Title, makesLinks: false), Is.Empty);
        Assert.That(DiscordReader.Markup(embed.Description ?? "", makesLinks: true), Is.Empty);
        foreach (var field in embed.Fields.Where(field => field.Name is "Where" or "Signup Instructions"))
            Assert.That(DiscordReader.Markup(field.Value, makesLinks: true), Is.Empty, field.Name);
    }));

    [Test]
    public void The_description_is_the_text_or_its_beginning() =>
        ForAnyGame((game, embed) => IsTextOrItsBeginning(embed.Description, game.Description));

    [Test]
    public void The_signup_instructions_are_the_text_or_its_beginning() => ForAnyGame((game, embed) =>
        IsTextOrItsBeginning(embed.Fields.SingleOrDefault(field => field.Name == "Signup Instructions")?.Value, game.SignupInstructions));

    private static void IsTextOrItsBeginning(string? output, string? input)
    {
        if (output is null)
            return;

        var shown = DiscordReader.Shown(output);
        var text = Clean(input!);
        if (shown == text)
            return;

        Assert.That(shown, Does.EndWith("…"));
        var beginning = shown[..^1].TrimEnd();
        Assert.That(text, Does.StartWith(beginning).Using(StringComparison.Ordinal));

        var graphemes = StringInfo.ParseCombiningCharacters(text);
        var isInFirst =
            beginning.Length < StringInfo.GetNextTextElementLength(text)
            || text.StartsWith("http", StringComparison.Ordinal)
            || text.StartsWith("<http", StringComparison.Ordinal);

        // A sign that joins the next character can form a grapheme with a space. The cut trims that space.
        Assert.That(
            isInFirst || graphemes.Contains(beginning.Length) || char.IsWhiteSpace(text[beginning.Length]),
            $"The text is cut within a grapheme, at {beginning.Length}.");
    }

    private static string Clean(string text)
    {
        var wellFormed = Regex.Replace(text, @"[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]", "\uFFFD");
        var lines = Regex.Replace(wellFormed, @"\r\n|[\r\f\u0085\u2028\u2029]", "\n");
        return Regex.Replace(lines, @"[\p{Cc}-[\n\t]]|[\u202A-\u202E\u2066-\u2069]", "").Trim();
    }

    private static IEnumerable<string> Texts(Embed embed)
    {
        string?[] texts =
        [
            embed.Title,
            embed.Description,
            embed.Author?.Name,
            embed.Footer.Text,
            .. embed.Fields.SelectMany(field => new[] { field.Name, field.Value }),
        ];
        return texts.OfType<string>();
    }

    private static IEnumerable<string> AltTexts(Embed embed) => [embed.Thumbnail!.Description!, embed.Image!.Description!];

    private static void ForAnyGame(Action<GameResponse, Embed> assert)
    {
        var replay = Environment.GetEnvironmentVariable("FSCHECK_REPLAY") is { Length: > 0 } text ? text.Split(',') : null;
        var seed = replay is null ? (ulong)Random.Shared.NextInt64() : ulong.Parse(replay[0]);
        var gamma = replay is null ? (ulong)Random.Shared.NextInt64() | 1 : ulong.Parse(replay[1]);
        TestContext.Out.WriteLine($"Set FSCHECK_REPLAY={seed},{gamma} to repeat the test with these games.");

        Prop.ForAll(Games().ToArbitrary(), game => assert(game, Announced.Message(game, ImageFormat.Png, ImageFormat.Gif).Embeds.Single()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(seed, gamma));
    }

    private static Gen<GameResponse> Games() =>
        // Half of the games have longer texts than the API accepts.
        from factor in Gen.Elements(1, 4)
        from title in Text(factor * GameDetails.TitleMaxLength)
        from hostName in Text(factor * GameDetails.HostNameMaxLength)
        from description in Text(factor * GameDetails.DescriptionMaxLength)
        from instructions in Text(factor * GameDetails.SignupInstructionsMaxLength)
        from location in Text(factor * GameDetails.LocationMaxLength)
        from alt in Text(factor * GameDetails.AltMaxLength)
        select Announced.FullGame with
        {
            Title = title,
            HostName = hostName,
            Description = description,
            SignupInstructions = instructions,
            Location = location,
            ThumbnailAlt = alt,
            BannerAlt = alt,
        };

    private static Gen<string> Text(int maxLength)
    {
        var marks =
            from letter in Gen.Elements("e", "e\u0301")
            from mark in Gen.Elements("\u0301", "\U0001E8D0")
            from count in Gen.Choose(0, 2000)
            select letter + string.Concat(Enumerable.Repeat(mark, count));

        var piece = Gen.Frequency(
            (4, Gen.Elements(Markdown)),
            (1, Gen.Elements(Links)),
            (3, Gen.Elements(Scripts)),
            (1, Gen.Choose(char.MinValue, char.MaxValue).Select(unit => ((char)unit).ToString())),
            (1, Gen.Choose(char.MinValue, 0x7F).Select(unit => ((char)unit).ToString())),
            (1, marks));

        var run =
            from text in piece
            from times in Gen.Frequency((6, Gen.Constant(1)), (1, Gen.Choose(2, 300)))
            select string.Concat(Enumerable.Repeat(text, Math.Min(times, 1 + (4000 / text.Length))));

        return
            from count in Gen.Choose(0, 80)
            from runs in run.ArrayOf(count)
            select string.Concat(runs) is var text && text.Length > maxLength ? text[..maxLength] : text;
    }
}
