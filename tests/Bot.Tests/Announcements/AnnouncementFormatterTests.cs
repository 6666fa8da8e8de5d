using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Application.Games;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Bot.Tests.Announcements;

public sealed class AnnouncementFormatterTests
{
    private static readonly object[] StatusCases =
    [
        new object[] { GameStatus.Scheduled, "Status: Scheduled", 0x57F287 },
        new object[] { GameStatus.InProgress, "Status: In progress", 0x5865F2 },
        new object[] { GameStatus.Completed, "Status: Completed", 0xF1C40F },
        new object[] { GameStatus.Cancelled, "Status: Cancelled", 0xED4245 },
    ];

    private static readonly object[] Formats =
    [
        new object[] { ImageFormat.Png, "png" },
        new object[] { ImageFormat.Jpeg, "jpg" },
        new object[] { ImageFormat.Gif, "gif" },
        new object[] { ImageFormat.WebP, "webp" },
    ];

    [TestCaseSource(nameof(StatusCases))]
    public void The_footer_and_the_color_show_the_status(GameStatus status, string footer, int color)
    {
        var embed = Announced.Embed(Announced.Game with { Status = status });
        Assert.Multiple(() =>
        {
            Assert.That(embed.Footer.Text, Is.EqualTo(footer));
            Assert.That(embed.Color, Is.EqualTo(color));
        });
    }

    [Test]
    public void Every_status_has_its_own_color() =>
        Assert.That(GameStatus.All.Select(status => Announced.Embed(Announced.Game with { Status = status }).Color), Is.Unique);

    [TestCase(1, "1m")]
    [TestCase(45, "45m")]
    [TestCase(60, "1h")]
    [TestCase(120, "2h")]
    [TestCase(150, "2h 30m")]
    [TestCase(6000, "100h")]
    [TestCase(int.MaxValue, "35791394h 7m")]
    [TestCase(null, null)]
    [TestCase(0, null)]
    [TestCase(int.MinValue, null)]
    public void The_run_time_is_shown_in_hours_and_minutes(int? minutes, string? expected) =>
        Assert.That(Announced.Field(Announced.Game with { ExpectedDurationMinutes = minutes }, "Run Time"), Is.EqualTo(expected));

    [TestCase("1970-01-01T00:00:00Z", "<t:0:F> (<t:0:R>)")]
    [TestCase("2026-12-04T19:30:00.9Z", "<t:1796412600:F> (<t:1796412600:R>)")]
    [TestCase("9998-12-31T23:59:59Z", "<t:253370764799:F> (<t:253370764799:R>)")]
    public void The_game_time_shows_in_the_time_zone_of_each_reader(string start, string expected) =>
        Assert.That(
            Announced.Field(Announced.Game with { ScheduledAt = DateTimeOffset.Parse(start).UtcDateTime }, "Game Time"),
            Is.EqualTo(expected));

    [Test]
    public void The_host_is_mentioned() => Assert.That(Announced.Field(Announced.Game, "Host"), Is.EqualTo("<@80351110224678912>"));

    [TestCase(5, "max 5")]
    [TestCase(null, null)]
    public void The_largest_number_of_players_is_shown(int? players, string? expected) =>
        Assert.That(Announced.Field(Announced.Game with { MaxPlayers = players }, "Players"), Is.EqualTo(expected));

    [Test]
    public void Fields_have_a_fixed_order() => Assert.That(
        Announced.Embed(Announced.FullGame).Fields.Select(field => field.Name),
        Is.EqualTo(new[] { "Game Time", "Host", "Run Time", "Where", "Players", "Signup Instructions" }));

    [TestCase("mara", "@mara")]
    [TestCase(" a\n\tb ", "@a b")]
    [TestCase("*snake_case*", "@*snake_case*")]
    [TestCase(null, null)]
    [TestCase("\u200B", null)]
    public void The_author_is_the_name_of_the_host_without_escapes(string? name, string? author) =>
        Assert.That(Announced.Embed(Announced.Game with { HostName = name }).Author?.Name, Is.EqualTo(author));

    [TestCase("")]
    [TestCase(" \n\t\u00A0\u3000")]
    [TestCase("\u200B\u200D\u2060\uFEFF")]
    [TestCase("\u0000\u0007\u202E")]
    [TestCase("\u0301\uFE0F")]
    [TestCase("\u3164\u2800\u115F")]
    [TestCase("\uDB40\uDC61\uDB40\uDD00")]
    public void A_text_without_visible_characters_is_left_out(string blank)
    {
        var embed = Announced.Embed(
            Announced.Game with
            {
                Title = blank,
                Description = blank,
                Location = blank,
                SignupInstructions = blank,
            });
        Assert.Multiple(() =>
        {
            Assert.That(embed.Title, Is.EqualTo("Game night"));
            Assert.That(embed.Description, Is.Null);
            Assert.That(embed.Fields, Has.Count.EqualTo(2));
        });
    }

    [TestCaseSource(nameof(Formats))]
    public void The_URL_of_an_image_ends_with_the_extension_of_its_format(ImageFormat format, string extension)
    {
        var embed = Announced.Message(Announced.FullGame, format, format).Embeds.Single();
        Assert.Multiple(() =>
        {
            Assert.That(
                embed.Thumbnail?.Url,
                Is.EqualTo($"https://games.example.org/api/v1/public/images/{Announced.ThumbnailId}.{extension}"));
            Assert.That(
                embed.Image?.Url,
                Is.EqualTo($"https://games.example.org/api/v1/public/images/{Announced.BannerImageId}.{extension}"));
        });
    }

    [TestCase("https://example.org")]
    [TestCase("https://example.org/")]
    [TestCase("https://example.org/games", "/games")]
    [TestCase("https://example.org/games/?from=here#top", "/games")]
    public void The_base_URL_may_have_a_path_and_a_slash_at_its_end(string baseUrl, string path = "")
    {
        var embed = Announced.Message(Announced.FullGame, thumbnail: ImageFormat.Png, baseUrl: baseUrl).Embeds.Single();
        Assert.That(embed.Thumbnail?.Url, Is.EqualTo($"https://example.org{path}/api/v1/public/images/{Announced.ThumbnailId}.png"));
    }

    [Test]
    public void The_images_have_the_alt_texts_of_the_game_without_escapes()
    {
        var embed = Images(Announced.FullGame with { ThumbnailAlt = " A *dragon*\n\u202Easleep @here ", BannerAlt = "A map" });
        Assert.Multiple(() =>
        {
            Assert.That(embed.Thumbnail?.Description, Is.EqualTo("A *dragon* asleep @here"));
            Assert.That(embed.Image?.Description, Is.EqualTo("A map"));
        });
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" \n\u200B\u3164")]
    public void An_image_without_an_alt_text_is_named_after_the_game(string? alt)
    {
        var embed = Images(Announced.FullGame with { Title = "*Dune*\n2", ThumbnailAlt = alt, BannerAlt = alt });
        Assert.Multiple(() =>
        {
            Assert.That(embed.Thumbnail?.Description, Is.EqualTo("Thumbnail of *Dune* 2"));
            Assert.That(embed.Image?.Description, Is.EqualTo("Banner of *Dune* 2"));
        });
    }

    [Test]
    public void An_image_of_a_game_without_a_visible_title_is_named_as_the_message_is() =>
        Assert.That(Images(Announced.FullGame with { Title = "\u200B" }).Image?.Description, Is.EqualTo("Banner of Game night"));

    [TestCase("a", 1000, 1000, "")]
    [TestCase("🎲", 512, 512, "")]
    [TestCase("🎲", 513, 511, "…")]
    [TestCase("👩‍👩‍👧‍👦", 100, 93, "…")]
    public void An_alt_text_of_more_than_1024_UTF16_units_is_cut_between_two_characters(
        string character, int count, int kept, string ending)
    {
        var alt = string.Concat(Enumerable.Repeat(character, count));
        var expected = string.Concat(Enumerable.Repeat(character, kept)) + ending;
        Assert.That(Images(Announced.FullGame with { ThumbnailAlt = alt }).Thumbnail?.Description, Is.EqualTo(expected));
    }

    [Test]
    public void Alt_texts_leave_the_other_texts_their_room()
    {
        var game = Announced.FullGame with { Description = new('a', 4096), SignupInstructions = new('b', 1000) };
        Assert.That(Images(game with { ThumbnailAlt = new('c', 1000) }).Description, Is.EqualTo(Images(game).Description));
    }

    [Test]
    public void A_game_without_images_has_no_image_URLs()
    {
        var embed = Announced.Message(Announced.Game, ImageFormat.Png, ImageFormat.Png).Embeds.Single();
        Assert.Multiple(() =>
        {
            Assert.That(embed.Thumbnail, Is.Null);
            Assert.That(embed.Image, Is.Null);
        });
    }

    [Test]
    public void The_message_has_no_content_and_pings_no_user()
    {
        var message = Json(Announced.Message(Announced.Game));
        Assert.Multiple(() =>
        {
            Assert.That(message["content"]!.ToJsonString(), Is.EqualTo("\"\""));
            Assert.That(message["allowed_mentions"]!.ToJsonString(), Is.EqualTo("""{"parse":[]}"""));
        });
    }

    [Test]
    public void A_nonce_can_be_added()
    {
        var message = Json(Announced.Message(Announced.Game) with { Nonce = "1", EnforceNonce = true });
        Assert.Multiple(() =>
        {
            Assert.That(message["nonce"]!.ToJsonString(), Is.EqualTo("\"1\""));
            Assert.That(message["enforce_nonce"]!.ToJsonString(), Is.EqualTo("true"));
        });
    }

    [Test]
    public void The_description_is_cut_when_all_texts_together_are_too_long()
    {
        var embed = Announced.Embed(Announced.FullGame with
        {
            Title = new('*', GameDetails.TitleMaxLength),
            HostName = new('*', GameDetails.HostNameMaxLength),
            Description = new('a', 4096),
            SignupInstructions = new('*', GameDetails.SignupInstructionsMaxLength),
            Location = new('*', GameDetails.LocationMaxLength),
        });

        var lengths = new[] { embed.Title, embed.Description!, embed.Author!.Name, embed.Footer.Text }
            .Concat(embed.Fields.SelectMany(field => new[] { field.Name, field.Value }))
            .Select(text => text.Length);
        Assert.Multiple(() =>
        {
            Assert.That(lengths.Sum(), Is.EqualTo(6000));
            Assert.That(embed.Fields.Select(field => field.Value.Length), Has.Exactly(1).EqualTo(1000).And.Exactly(1).EqualTo(1023));
        });
    }

    private static Embed Images(GameResponse game) => Announced.Message(game, ImageFormat.Png, ImageFormat.Png).Embeds.Single();

    private static JsonNode Json(DiscordMessage message) => JsonSerializer.SerializeToNode(message, DiscordJson.Default.DiscordMessage)!;
}
