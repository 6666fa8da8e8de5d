using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Domain.Tests.Games;

public sealed class GameTests
{
    private static readonly GameDetails Details = new()
    {
        ChannelId = new(5),
        HostId = new(7),
        Title = "Dune: Imperium",
        ScheduledAt = new DateTime(2026, 2, 7, 19, 30, 0, DateTimeKind.Utc),
    };

    private static readonly Dictionary<string, GameDetails> Invalid = new()
    {
        ["Title"] = Details with { Title = " " },
        ["Title invisible"] = Details with { Title = "\u200B\u3164" },
        ["Title too long"] = Details with { Title = new('x', 201) },
        ["HostName"] = Details with { HostName = new('x', 101) },
        ["Description"] = Details with { Description = new('x', 2001) },
        ["SignupInstructions"] = Details with { SignupInstructions = new('x', 1001) },
        ["Location"] = Details with { Location = new('x', 501) },
        ["ThumbnailAlt"] = Details with { ThumbnailAlt = new('x', 1001) },
        ["BannerAlt"] = Details with { BannerAlt = new('x', 1001) },
        ["ScheduledAt"] = Details with { ScheduledAt = DateTime.SpecifyKind(Details.ScheduledAt, DateTimeKind.Local) },
        ["ScheduledAt too early"] = Details with { ScheduledAt = DateTime.UnixEpoch.AddTicks(-1) },
        ["ScheduledAt too late"] = Details with { ScheduledAt = new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
        ["ExpectedDurationMinutes"] = Details with { ExpectedDurationMinutes = 0 },
        ["MaxPlayers"] = Details with { MaxPlayers = 0 },
        ["MaxPlayers too many"] = Details with { MaxPlayers = 101 },
    };

    [Test]
    public void A_new_game_is_scheduled_and_has_no_images()
    {
        var game = Game.Schedule(new(42), Details);

        Assert.Multiple(() =>
        {
            Assert.That(game.Status, Is.EqualTo(GameStatus.Scheduled));
            Assert.That(game.References, Is.Empty);
        });
    }

    [Test]
    public void Fields_at_their_limits_are_allowed() => Assert.That(
        () => Game.Schedule(new(42), Details with
        {
            Title = new('x', 200),
            HostName = new('x', 100),
            Description = new('x', 2000),
            SignupInstructions = new('x', 1000),
            Location = new('x', 500),
            ThumbnailAlt = new('x', 1000),
            BannerAlt = new('x', 1000),
            ExpectedDurationMinutes = 1,
            MaxPlayers = 100,
        }),
        Throws.Nothing);

    [Test]
    public void A_length_counts_code_points()
    {
        var dice = string.Concat(Enumerable.Repeat("🎲", 200));

        Assert.That(() => Game.Schedule(new(42), Details with { Title = dice }), Throws.Nothing);
        Assert.That(() => Game.Schedule(new(42), Details with { Title = dice + "🎲" }), Throws.TypeOf<BrokenRuleException>());
    }

    [Test]
    public void An_invisible_title_of_an_earlier_version_stays_until_it_changes()
    {
        var game = new Game(Guid.NewGuid(), new(42), Details with { Title = "\u200B" }, GameStatus.Scheduled, null, null);

        Assert.That(() => game.Change(game.Details with { Location = "Hall" }), Throws.Nothing);
        Assert.That(() => game.Change(game.Details with { Title = "\u200C" }), Throws.TypeOf<BrokenRuleException>());
    }

    [TestCaseSource(nameof(InvalidFields))]
    public void An_invalid_field_is_named_and_the_game_stays_unchanged(string field)
    {
        var game = Game.Schedule(new(42), Details);

        Assert.Multiple(() =>
        {
            Assert.That(
                () => game.Change(Invalid[field]),
                Throws.TypeOf<BrokenRuleException>().With.Property("Subject").EqualTo(field.Split(' ')[0]));
            Assert.That(game.Details, Is.EqualTo(Details));
        });
    }

    [Test]
    public void A_game_moves_only_along_its_transitions()
    {
        var allowed =
            from status in GameStatus.All
            from next in GameStatus.All
            where status.CanBecome(next)
            select $"{status} -> {next}";

        Assert.That(allowed, Is.EqualTo(new[]
        {
            "scheduled -> in progress", "scheduled -> cancelled", "in progress -> completed", "in progress -> cancelled",
        }));
    }

    [Test]
    public void A_status_that_may_not_follow_is_refused()
    {
        var game = new Game(Guid.NewGuid(), new(42), Details, GameStatus.InProgress, null, null);
        var refusal = Assert.Throws<BrokenRuleException>(() => game.MoveTo(GameStatus.Scheduled))!;

        Assert.Multiple(() =>
        {
            Assert.That(refusal.Subject, Is.EqualTo("Status"));
            Assert.That(refusal.Message, Is.EqualTo("A game that is in progress cannot become scheduled."));
            Assert.That(game.Status, Is.EqualTo(GameStatus.InProgress));
        });
    }

    [Test]
    public void The_current_status_can_be_set_again()
    {
        var game = Game.Schedule(new(42), Details);

        Assert.That(() => game.MoveTo(GameStatus.Scheduled), Throws.Nothing);
        Assert.That(game.Status, Is.EqualTo(GameStatus.Scheduled));
    }

    [Test]
    public void One_image_as_thumbnail_and_banner_is_two_references()
    {
        var game = Game.Schedule(new(42), Details);
        var image = new GameImage(Guid.NewGuid(), default, ImageFormat.Png, size: null, referenceCount: 0);
        game.ShowThumbnail(image);
        game.ShowBanner(image);

        Assert.That(game.References, Is.EqualTo(new[] { image.Id, image.Id }));
    }

    [Test]
    public void An_alt_text_stays_with_its_image_and_is_deleted_with_it()
    {
        var game = Game.Schedule(new(42), Details);
        var image = new GameImage(Guid.NewGuid(), default, ImageFormat.Png, size: null, referenceCount: 0);
        game.ShowThumbnail(image);
        game.ShowBanner(image);
        game.Change(game.Details with { ThumbnailAlt = "A desert", BannerAlt = "A worm" });

        game.ShowThumbnail(image);
        game.ShowBanner(null);
        Assert.Multiple(() =>
        {
            Assert.That(game.Details.ThumbnailAlt, Is.EqualTo("A desert"));
            Assert.That(game.Details.BannerAlt, Is.Null);
        });

        game.ShowThumbnail(new GameImage(Guid.NewGuid(), default, ImageFormat.Png, size: null, referenceCount: 0));
        Assert.That(game.Details.ThumbnailAlt, Is.Null);
    }

    [Test]
    public void A_clone_is_a_scheduled_game_with_the_same_details_and_images()
    {
        var game = new Game(Guid.NewGuid(), new(42), Details, GameStatus.Cancelled, Guid.NewGuid(), Guid.NewGuid());
        var copy = game.Clone();

        Assert.Multiple(() =>
        {
            Assert.That(copy.Id, Is.Not.EqualTo(game.Id));
            Assert.That(copy.Status, Is.EqualTo(GameStatus.Scheduled));
            Assert.That(copy.Details, Is.EqualTo(game.Details));
            Assert.That(copy.References, Is.EqualTo(game.References));
        });
    }

    private static IEnumerable<string> InvalidFields() => Invalid.Keys;
}
