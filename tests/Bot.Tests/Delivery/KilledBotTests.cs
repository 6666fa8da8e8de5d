using System.Globalization;
using GameImages.Application;
using GameImages.Application.Announcements;
using GameImages.Application.Games;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Testing;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>Kills the bot at random moments, many times. Each game must end with one message that shows its last state.</summary>
[Category("Process")]
public sealed class KilledBotTests
{
    private const int Kills = 25;
    private const int ChangesBetweenKills = 40;
    private const int Games = 60;
    private const int Channels = 7;

    private static readonly Uri PublicBaseUrl = new("http://127.0.0.1:9");
    private static readonly ImageContent[] Images = [.. Enumerable.Range(0, 5).Select(number => Pictures.Content(number))];

    private readonly Dictionary<Guid, GameResponse> games = [];
    private Random random = null!;
    private int number;

    [Test]
    public async Task Each_game_ends_with_one_message_of_its_last_state_and_no_message_returned_to_an_earlier_state()
    {
        random = new Random(TestContext.CurrentContext.Random.Next());
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await using var discord = await FakeDiscord.StartAsync(new() { Limits = null, Images = null });
        discord.FailSometimes(Fault.CutAfter, 0.03, random.Next());
        discord.FailSometimes(new Fault.Status(500), 0.03, random.Next());

        for (var kill = 0; kill < Kills; kill++)
        {
            using var bot = Start(database, discord);
            await ChangeAsync(useCases, ChangesBetweenKills / 2);
            var soon = discord.Requests.Count + random.Next(1, 10);
            await discord.WaitForAsync(() => discord.Requests.Count >= soon || IsAnnounced(discord));
            await ChangeAsync(useCases, ChangesBetweenKills / 2);

            // A random delay ends the process at a random point of a delivery.
            for (var moments = random.Next(0, 3000); moments > 0; moments--)
                await Task.Yield();
            await bot.KillAsync();
        }

        discord.StopFailing();
        using (Start(database, discord))
            await discord.WaitForAsync(() => IsAnnounced(discord), TimeSpan.FromMinutes(1));

        // The locks of the killed processes end when the database server notices the closed connections.
        await database.WaitUntilGoneAsync(Infrastructure.Schema.Roles.Bot);
        TestContext.Out.WriteLine(
            $"{Kills * ChangesBetweenKills} changes, {Kills} kills, {games.Count} games left; {discord.Posts} posts, "
                + $"{discord.Repeats} repeated posts recognised by their nonce, {discord.Edits} edits, {discord.Deletes} deletes");
        AssertMessages(discord);
        Assert.That(discord.Violations, Is.Empty);
        Assert.That(await database.SingleAsync<int>("SELECT count(*)::int FROM announcements"), Is.EqualTo(games.Count));
    }

    // Discord fetches no image in this test. Without the setting, the bot would edit each message again to attach its images.
    private static RunningBot Start(TestDatabase database, FakeDiscord discord) =>
        RunningBot.Start(database, discord, PublicBaseUrl, ("Discord:AttachPictures", "false"));

    private async Task ChangeAsync(UseCases useCases, int changes)
    {
        for (; changes > 0; changes--)
        {
            var chosen = games.Count > 0 ? games.Keys.ElementAt(random.Next(games.Count)) : default;
            var dice = random.Next(100);
            var title = $"Dune {++number}";

            if (games.Count == 0 || (dice < 20 && games.Count < Games))
            {
                var created = await useCases.SendAsync(new CreateGame
                {
                    GuildId = new Snowflake(UseCases.Guild),
                    ChannelId = Channel(),
                    Title = title,
                    ScheduledAt = DateTime.UnixEpoch,
                    Thumbnail = Images[random.Next(Images.Length)],
                });
                games.Add(created.Id, created);
            }
            else if (dice < 28)
            {
                await useCases.SendAsync(new DeleteGame(chosen));
                games.Remove(chosen);
            }
            else
            {
                games[chosen] = await useCases.SendAsync(new UpdateGame
                {
                    Id = chosen,
                    Title = title,
                    ChannelId = dice < 35 ? (OptionalField<Snowflake?>)Channel() : default,
                    Banner = dice < 50 ? Images[random.Next(Images.Length)] : null,
                });
            }
        }
    }

    private Snowflake Channel() => new(random.Next(1, Channels + 1));

    private static DiscordMessage Expected(GameResponse game) => new AnnouncementFormatter(PublicBaseUrl).Format(new AnnouncedGame(
        game, game.ThumbnailId is null ? null : ImageFormat.Png, game.BannerImageId is null ? null : ImageFormat.Png));

    private bool IsAnnounced(FakeDiscord discord) =>
        discord.Messages.Count == games.Count
        && games.Values.All(game => discord.MessagesOf(game.ChannelId.Value).Any(message => IsSame(message, Expected(game))));

    private void AssertMessages(FakeDiscord discord)
    {
        foreach (var game in games.Values)
            Assert.That(
                discord.MessagesOf(game.ChannelId.Value).Count(message => IsSame(message, Expected(game))),
                Is.EqualTo(1),
                game.Title);

        // Each title contains the number of its change.
        foreach (var message in discord.Messages)
            Assert.That(message.Versions.Select(Number), Is.Ordered);
    }

    private static int Number(MessageVersion version) =>
        int.Parse(version.Embeds.Single().Title!.Split(' ')[^1], CultureInfo.InvariantCulture);

    private static bool IsSame(Message message, DiscordMessage expected)
    {
        var shown = message.Current.Embeds.Single();
        var embed = expected.Embeds.Single();
        return shown.Title == embed.Title
            && shown.Color == embed.Color
            && shown.Thumbnail?.Url == embed.Thumbnail?.Url
            && shown.Image?.Url == embed.Image?.Url
            && shown.Footer!.Text == embed.Footer.Text
            && shown.Fields!
                .Select(field => (field.Name, field.Value))
                .SequenceEqual(embed.Fields.Select(field => (field.Name, field.Value)));
    }
}
