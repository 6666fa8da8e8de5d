using System.Security.Cryptography;
using GameImages.Application.Games;
using GameImages.Bot.Delivery;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Testing;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;

namespace GameImages.Bot.Tests.Delivery;

public sealed class AnnouncerTests : AnnouncerFixture
{
    [Test]
    public async Task A_game_that_is_deleted_before_its_announcement_is_not_announced()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await UseCases.SendAsync(new DeleteGame(game.Id));

        await DeliverAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.Posts, Is.Zero);
            Assert.That(await CountOutboxAsync(), Is.Zero);
            Assert.That(await CountAnnouncementsAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task When_a_game_moves_to_another_channel_the_old_message_is_deleted_and_a_new_one_is_posted()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();
        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Discord.MessagesOf(5), Is.Empty);
            Assert.That(Discord.MessagesOf(6), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_game_that_leaves_a_channel_which_is_closed_to_the_bot_is_posted_in_its_new_channel()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();
        Discord.SetChannel(5, ChannelState.MissingAccess);
        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.MessagesOf(6), Has.Count.EqualTo(1));
            Assert.That(await CountOutboxAsync(), Is.Zero);
        }
    }

    [TestCase("PostAgain", 1)]
    [TestCase("LeaveAlone", 0)]
    public async Task A_message_that_a_Discord_user_deleted_is_posted_again_only_if_the_setting_allows_it(string setting, int expected)
    {
        await StartAsync(("Discord:DeletedMessages", setting));
        var game = await UseCases.CreateGameAsync();
        await DeliverAsync();
        Discord.DeleteAsModerator(Discord.Messages.Single().Id);

        for (var change = 0; change < 2; change++)
        {
            await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = $"change {change}" });
            await DeliverAsync();
        }

        Assert.That(Discord.Messages, Has.Count.EqualTo(expected));

        await UseCases.SendAsync(new DeleteGame(game.Id));
        await DeliverAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.Messages, Is.Empty);
            Assert.That(await CountOutboxAsync(), Is.Zero);
            Assert.That(await CountAnnouncementsAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task A_lost_response_does_not_lead_to_a_second_message()
    {
        await StartAsync();
        await UseCases.CreateGameAsync();
        Discord.FailNext(Fault.CutAfter, when: IsPost);
        await DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.Posts, Is.EqualTo(1));
            Assert.That(Discord.Repeats, Is.EqualTo(1));
            Assert.That(await CountOutboxAsync(), Is.Zero);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_message_whose_response_was_lost_is_deleted_after_the_game_is_deleted_or_moved(bool isDeleted)
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        Discord.FailNext(Fault.CutAfter, when: IsPost);
        Discord.FailNext(new Fault.Status(500), times: 3, when: IsPost);
        await DeliverAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Posts, Is.EqualTo(1));
            Assert.That(Discord.MessagesOf(5), Has.Count.EqualTo(1));
        });

        if (isDeleted)
            await UseCases.SendAsync(new DeleteGame(game.Id));
        else
            await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await MakeDueAsync();
        await DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.MessagesOf(5), Is.Empty);
            Assert.That(Discord.MessagesOf(6), Has.Count.EqualTo(isDeleted ? 0 : 1));
            Assert.That(Discord.Repeats, Is.EqualTo(1));
            Assert.That(await CountOutboxAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task A_message_whose_response_was_lost_is_edited_to_the_current_state_of_the_game()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        Discord.FailNext(Fault.CutAfter, when: IsPost);
        Discord.FailNext(new Fault.Status(500), times: 3, when: IsPost);
        await DeliverAsync();

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        await MakeDueAsync();
        await DeliverAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Posts, Is.EqualTo(1));
            Assert.That(Discord.Messages.Single().Current.Embeds.Single().Title, Is.EqualTo("other"));
        });
    }

    [Test]
    public async Task While_Discord_is_unavailable_the_change_is_postponed()
    {
        await StartAsync();
        await UseCases.CreateGameAsync();
        Discord.FailNext(new Fault.Status(503), times: 100);
        await DeliverAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Database.SingleAsync<int>("SELECT attempts FROM outbox"), Is.EqualTo(1));
            Assert.That(await Database.SingleAsync<bool>("SELECT due_at > now() FROM outbox"), Is.True);
            Assert.That(await Database.SingleAsync<string>("SELECT reason FROM outbox"), Does.Contain("503"));
        }

        Discord.StopFailing();
        await MakeDueAsync();
        await DeliverAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.Posts, Is.EqualTo(1));
            Assert.That(await CountOutboxAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task A_refused_change_is_parked_with_the_reason_until_the_game_changes()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync();
        Discord.SetChannel(5, ChannelState.MissingAccess);
        await DeliverAsync();
        Assert.That(await Database.SingleAsync<string>("SELECT reason FROM outbox WHERE parked_at IS NOT NULL"), Does.Contain("50001"));

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6) });
        await DeliverAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Discord.MessagesOf(6), Has.Count.EqualTo(1));
            Assert.That(await CountOutboxAsync(), Is.Zero);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Images_that_Discord_cannot_fetch_are_retried_and_then_attached_if_the_setting_allows_it(bool isAllowed)
    {
        await StartAsync(("Discord:AttachPictures", $"{isAllowed}"));
        await UseCases.SendAsync(UseCases.NewGame() with
        {
            Thumbnail = Pictures.Content(1),
            ThumbnailAlt = "A dragon",
            Banner = ImageContent.Read(Pictures.Gif(2), new()),
        });

        var rounds = 0;
        while (await CountOutboxAsync() > 0)
        {
            await MakeDueAsync();
            await DeliverAsync();
            Assert.That(++rounds, Is.LessThan(10));
        }

        var message = Discord.Messages.Single().Current;
        var imageUrl = message.Embeds.Single().Image!.Url;
        Assert.Multiple(() =>
        {
            Assert.That(rounds, Is.EqualTo(isAllowed ? 4 : 3));
            Assert.That(
                message.Attachments.Select(file => file.Filename),
                Is.EqualTo(isAllowed ? ["thumbnail.png", "banner.gif"] : Array.Empty<string>()));
            Assert.That(imageUrl, isAllowed ? Is.EqualTo("attachment://banner.gif") : Does.StartWith("http"));
            Assert.That(message.Embeds.Single().Thumbnail!.Description, Is.EqualTo("A dragon"));
            Assert.That(
                message.Attachments.Select(file => file.Description),
                Is.EqualTo(isAllowed ? ["A dragon", "Banner of Dune: Imperium"] : Array.Empty<string>()));
            if (isAllowed)
                Assert.That(message.Attachments[0].Bytes.ToArray(), Is.EqualTo(Pictures.Content(1).Bytes.ToArray()));
        });
    }

    [Test]
    public async Task Attached_images_stay_attached_after_a_change_of_the_game()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync(Pictures.Content(1));
        for (var round = 0; round < 4; round++)
        {
            await MakeDueAsync();
            await DeliverAsync();
        }

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        await DeliverAsync();
        Assert.That(Discord.Messages.Single().Current.Attachments.Select(file => file.Filename), Is.EqualTo(new[] { "thumbnail.png" }));
    }

    [Test]
    public async Task A_change_of_an_alt_text_alone_edits_the_message()
    {
        await StartAsync();
        var game = await UseCases.CreateGameAsync(Pictures.Content(1));
        await DeliverAsync();
        await UseCases.SendAsync(new UpdateGame { Id = game.Id, ThumbnailAlt = "A dragon" });
        await DeliverAsync();

        var versions = Discord.Messages.Single().Versions.Select(version => version.Embeds.Single().Thumbnail!.Description);
        Assert.That(versions, Is.EqualTo(new[] { "Thumbnail of Dune: Imperium", "A dragon" }));
    }

    [Test]
    public void Retry_delays_double_up_to_ten_minutes()
    {
        for (var attempts = 0; attempts < 100; attempts++)
        {
            var longest = TimeSpan.FromSeconds(Math.Min(600, 2 * Math.Pow(2, attempts)));
            Assert.That(RetryDelay.After(attempts), Is.InRange(longest / 2, longest));
        }
    }

    [Test]
    public async Task A_damaged_table_parks_the_games_that_need_it_and_the_bot_announces_the_others()
    {
        await StartAsync();
        await Database.ExecuteAsync("CREATE EXTENSION pg_surgery");

        // These texts do not fit into the row.
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(1500));
        var unreadable = await UseCases.CreateGameAsync();
        await UseCases.SendAsync(new UpdateGame { Id = unreadable.Id, Description = text, SignupInstructions = text[..1000] });
        await DamageAsync("game_sessions");
        var withoutImage = await UseCases.CreateGameAsync(ImageContent.Read(Pictures.Png(1, 20_000), new()));
        await DamageAsync("game_images");
        await UseCases.CreateGameAsync();

        // The bot reads an image after Discord could not fetch it three times.
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await DeliverAsync();
            await Database.ExecuteAsync("UPDATE outbox SET due_at = now() WHERE parked_at IS NULL");
        }

        await DeliverAsync();
        var parked = await Database.QueryAsync<(Guid Game, string Reason)>(
            "SELECT game_id, string_agg(DISTINCT reason, '; ') FROM outbox WHERE parked_at IS NOT NULL GROUP BY game_id");
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Posts, Is.EqualTo(2));
            Assert.That(parked.Select(each => each.Game), Is.EquivalentTo(new[] { unreadable.Id, withoutImage.Id }));
            Assert.That(parked.Select(each => each.Reason), Is.All.StartsWith("PostgresException: XX001: "));
        });

        // Removes the rows in which the server keeps the long values of a table.
        Task DamageAsync(string table) => Database.ExecuteAsync(
            $$"""
            DO $damage$ DECLARE name text := (SELECT reltoastrelid::regclass FROM pg_class WHERE oid = '{{table}}'::regclass); BEGIN
                EXECUTE format('SELECT heap_force_kill(%L, array_agg(ctid)) FROM %s', name, name);
            END $damage$
            """);
    }

    private static bool IsPost(RecordedRequest request) => request.Endpoint == DiscordEndpoint.CreateMessage;
}
