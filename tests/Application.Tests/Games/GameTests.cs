using FluentValidation;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Application.Tests.Games;

public sealed class GameTests : UseCaseTests
{
    private UseCases otherGuild = null!;

    [OneTimeSetUp]
    public void Create_a_caller_of_another_guild() => otherGuild = new UseCases(Database, new TestCaller(43));

    [OneTimeTearDown]
    public ValueTask Dispose_of_that_caller() => otherGuild.DisposeAsync();

    [Test]
    public async Task A_created_game_is_read_back_unchanged()
    {
        var created = await UseCases.CreateGameAsync();
        Assert.That(await UseCases.SendAsync(new GetGame(created.Id)), Is.EqualTo(created));
    }

    [Test]
    public async Task The_caller_hosts_a_game_without_a_host() =>
        Assert.That((await UseCases.CreateGameAsync()).HostId, Is.EqualTo(new Snowflake(7)));

    [Test]
    public void A_game_of_a_guild_without_the_caller_is_refused() =>
        Assert.That(async () => await UseCases.CreateGameAsync(guild: 43), Throws.TypeOf<NotAllowedException>());

    [Test]
    public async Task A_game_of_another_guild_is_not_found()
    {
        var game = await UseCases.CreateGameAsync(thumbnail: Pictures.Content(1));

        Assert.Multiple(() =>
        {
            Assert.That(async () => await otherGuild.SendAsync(new GetGame(game.Id)), Throws.TypeOf<NotFoundException>());
            Assert.That(
                async () => await otherGuild.SendAsync(new UpdateGame { Id = game.Id, Title = "Mine" }),
                Throws.TypeOf<NotFoundException>());
            Assert.That(async () => await otherGuild.SendAsync(new CloneGame(game.Id)), Throws.TypeOf<NotFoundException>());
            Assert.That(async () => await otherGuild.SendAsync(new DeleteGame(game.Id)), Throws.TypeOf<NotFoundException>());
            Assert.That(async () => (await otherGuild.SendAsync(new ListGames())).Items, Is.Empty);
            Assert.That(async () => (await otherGuild.SendAsync(new ListGames { GuildId = new Snowflake(42) })).Items, Is.Empty);
        });
        Assert.That(await UseCases.SendAsync(new GetGame(game.Id)), Is.EqualTo(game));
    }

    [Test]
    public async Task An_update_changes_only_the_fields_that_it_names()
    {
        var before = await UseCases.CreateGameAsync(thumbnail: Pictures.Content(2));
        var after = await UseCases.SendAsync(new UpdateGame { Id = before.Id, Description = "Bring snacks.", MaxPlayers = 4 });

        Assert.That(after, Is.EqualTo(before with { Description = "Bring snacks.", MaxPlayers = 4, UpdatedAt = after.UpdatedAt }));
        Assert.That(after.UpdatedAt, Is.GreaterThan(before.UpdatedAt));
    }

    [Test]
    public async Task Null_clears_a_field()
    {
        var game = await UseCases.CreateGameAsync();
        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Location = "Kitchen" });
        var after = await UseCases.SendAsync(new UpdateGame { Id = game.Id, Location = (string?)null });

        Assert.That(after.Location, Is.Null);
    }

    [Test]
    public async Task An_update_of_an_older_version_is_refused()
    {
        var before = await UseCases.CreateGameAsync();
        var after = await UseCases.SendAsync(new UpdateGame { Id = before.Id, Title = "First", ExpectedVersions = [before.Version] });

        var stale = new UpdateGame { Id = before.Id, Title = "Second", ExpectedVersions = [before.Version] };
        Assert.That(async () => await UseCases.SendAsync(stale), Throws.TypeOf<StaleVersionException>());
        Assert.That((await UseCases.SendAsync(new GetGame(before.Id))).Title, Is.EqualTo(after.Title));
    }

    [Test]
    public async Task Every_change_of_a_game_changes_its_version()
    {
        var created = await UseCases.CreateGameAsync();
        var id = created.Id;
        GameResponse[] changed =
        [
            created,
            await UseCases.SendAsync(new UpdateGame { Id = id, Title = "Another" }),
            // These requests change only updated_at, which the response contains.
            await UseCases.SendAsync(new UpdateGame { Id = id }),
            await UseCases.SendAsync(new UpdateGameImages(id, new((ImageContent?)null, default))),
            await UseCases.SendAsync(new UpdateGameImages(id, new(Pictures.Content(20), default))),
            await UseCases.SendAsync(new UpdateGameImages(id, new(Pictures.Content(21), default))),
            await UseCases.SendAsync(new GetGame(id)),
        ];
        Assert.That(changed[^1].Version, Is.EqualTo(changed[^2].Version));
        Assert.That(changed[..^1].Select(game => game.Version), Is.Unique.And.All.Matches("^[A-Za-z0-9_-]{22}$"));

        await Database.ExecuteAsync("UPDATE game_sessions SET title = 'By hand' WHERE id = @id", new { id });
        var byHand = await UseCases.SendAsync(new GetGame(id));
        Assert.That(changed.Select(game => game.Version), Has.None.EqualTo(byHand.Version));

        // Another transaction writes the same values again. Its number is not part of the version.
        await Database.ExecuteAsync("UPDATE game_sessions SET title = title WHERE id = @id", new { id });
        Assert.That((await UseCases.SendAsync(new GetGame(id))).Version, Is.EqualTo(byHand.Version));
    }

    [Test]
    public async Task A_version_depends_on_every_field()
    {
        var game = await UseCases.CreateGameAsync();
        var others = new Dictionary<Type, object>
        {
            [typeof(Guid)] = Guid.NewGuid(),
            [typeof(Snowflake)] = new Snowflake(99),
            [typeof(string)] = "Another",
            [typeof(DateTime)] = DateTime.UnixEpoch,
            [typeof(int)] = 99,
            [typeof(GameStatus)] = GameStatus.Completed,
        };

        Assert.Multiple(() =>
        {
            var fields = typeof(GameResponse).GetProperties().Where(property => property.CanWrite);
            foreach (var field in fields.Where(field => field.PropertyType != typeof(ShownImage)))
            {
                var before = game.Version;
                field.SetValue(game, others[Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType]);
                Assert.That(game.Version, Is.Not.EqualTo(before), field.Name);
            }
        });
    }

    [Test]
    public async Task A_change_of_one_field_and_a_clone_keep_all_other_fields()
    {
        var before = await UseCases.SendAsync(new CreateGame
        {
            GuildId = new Snowflake(42),
            ChannelId = new Snowflake(5),
            HostName = "Host",
            Title = "Title",
            Description = "Description",
            SignupInstructions = "Instructions",
            Location = "Location",
            ScheduledAt = new DateTime(2027, 2, 7, 19, 30, 0, DateTimeKind.Utc),
            ExpectedDurationMinutes = 90,
            MaxPlayers = 4,
            ThumbnailAlt = "Meeples",
            BannerAlt = "Harvesters",
        });
        var changed = await UseCases.SendAsync(new UpdateGame { Id = before.Id, Title = "Another" });
        var copy = await UseCases.SendAsync(new CloneGame(before.Id));
        string[] ofGame = ["Id", "Status", "ThumbnailId", "BannerImageId", "CreatedAt", "UpdatedAt", "Version", "Thumbnail", "Banner"];
        var fields = typeof(GameResponse).GetProperties().Where(property => !ofGame.Contains(property.Name)).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(fields.Select(field => field.GetValue(before)), Has.None.Null, "Each field has a value that could be lost.");
            foreach (var field in fields.Where(field => field.Name != "Title"))
                Assert.That(field.GetValue(changed), Is.EqualTo(field.GetValue(before)), $"{field.Name} after the change");
            foreach (var field in fields)
                Assert.That(field.GetValue(copy), Is.EqualTo(field.GetValue(changed)), $"{field.Name} of the clone");
        });
    }

    [Test]
    public async Task A_status_moves_only_along_its_transitions()
    {
        var game = await UseCases.CreateGameAsync();
        Assert.That(
            async () => await UseCases.SendAsync(new UpdateGame { Id = game.Id, Status = GameStatus.Completed }),
            Throws.TypeOf<BrokenRuleException>());

        var after = await UseCases.SendAsync(new UpdateGame { Id = game.Id, Status = GameStatus.InProgress });
        Assert.That(after.Status, Is.EqualTo(GameStatus.InProgress));
    }

    [Test]
    public async Task All_invalid_fields_of_a_new_game_are_named()
    {
        var refused = await Assert.ThrowsAsync<ValidationException>(() =>
            UseCases.SendAsync(new CreateGame { Title = "", MaxPlayers = 101, Location = new('x', 501), HostName = "\0" }));

        Assert.That(refused!.Errors.Select(error => error.PropertyName), Is.EquivalentTo(
            new[] { "GuildId", "ChannelId", "Title", "ScheduledAt", "MaxPlayers", "Location", "HostName" }));
    }

    [Test]
    public async Task All_invalid_fields_of_an_update_are_named_and_nothing_changes()
    {
        var game = await UseCases.CreateGameAsync();
        var refused = await Assert.ThrowsAsync<ValidationException>(() => UseCases.SendAsync(new UpdateGame
        {
            Id = game.Id,
            ChannelId = (Snowflake?)null,
            HostId = (Snowflake?)null,
            HostName = new string('x', 101),
            Title = (string?)null,
            Description = new string('x', 2001),
            SignupInstructions = new string('x', 1001),
            Location = new string('x', 501),
            ScheduledAt = (DateTime?)null,
            ExpectedDurationMinutes = 0,
            MaxPlayers = 0,
            Status = (GameStatus?)null,
            RemoveThumbnail = true,
            Thumbnail = Pictures.Content(3),
        }));

        Assert.That(refused!.Errors.Select(error => error.PropertyName), Is.EquivalentTo(new[]
        {
            "ChannelId", "HostId", "HostName", "Title", "Description", "SignupInstructions", "Location", "ScheduledAt",
            "ExpectedDurationMinutes", "MaxPlayers", "Status", "RemoveThumbnail",
        }));
        Assert.That(await UseCases.SendAsync(new GetGame(game.Id)), Is.EqualTo(game));
    }
}
