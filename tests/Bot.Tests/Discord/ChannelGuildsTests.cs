using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;

namespace GameImages.Bot.Tests.Discord;

public sealed class ChannelGuildsTests
{
    private static readonly Snowflake Guild = new(42);

    private Line line = null!;

    private int Lookups => line.Discord.Requests.Count(request => request.Endpoint == DiscordEndpoint.GetChannel);

    private Snowflake? Recorded => line.Recorded.Guilds.TryGetValue(Line.Channel, out var guild) ? guild : null;

    [SetUp]
    public async Task Open_the_line() => line = await Line.OpenAsync();

    [TearDown]
    public async Task Close_the_line()
    {
        Assert.That(line.Discord.Violations, Is.Empty);
        await line.DisposeAsync();
    }

    [Test]
    public async Task The_bot_asks_Discord_once_an_hour_and_records_the_answer()
    {
        await CheckAsync();
        line.Time.Advance(ChannelGuilds.MaxAge - TimeSpan.FromTicks(1));
        await CheckAsync();
        Assert.That((Lookups, Recorded), Is.EqualTo((1, (Snowflake?)Guild)));

        // Now the channel belongs to another guild.
        line.Discord.DeclareChannel(Line.Channel.Value, 43);
        line.Time.Advance(TimeSpan.FromTicks(1));
        AssertForeign($"Channel {Line.Channel} belongs to guild 43, not to guild 42.");
        AssertForeign($"Channel {Line.Channel} belongs to guild 43, not to guild 42.");
        Assert.That((Lookups, Recorded), Is.EqualTo((2, (Snowflake?)new Snowflake(43))));
    }

    [Test]
    public async Task Many_checks_at_once_send_one_request()
    {
        var answer = new TaskCompletionSource();
        line.Discord.FailNext(new Fault.Late(answer.Task));
        var checks = Enumerable.Range(0, 20).Select(_ => CheckAsync()).ToList();
        answer.SetResult();
        await Task.WhenAll(checks);

        Assert.That(Lookups, Is.EqualTo(1));
    }

    [Test]
    public void A_direct_message_belongs_to_no_guild()
    {
        line.Discord.DeclareChannel(Line.Channel.Value, null);
        AssertForeign($"Channel {Line.Channel} belongs to no guild, not to guild 42.");
        Assert.That(Recorded, Is.Null);
    }

    [Test]
    public async Task The_record_of_an_unknown_channel_is_removed_and_the_bot_asks_for_it_again()
    {
        await CheckAsync();
        line.Time.Advance(ChannelGuilds.MaxAge);
        line.Discord.SetChannel(Line.Channel.Value, ChannelState.Unknown);
        AssertForeign($"Discord knows no channel {Line.Channel}.");
        AssertForeign($"Discord knows no channel {Line.Channel}.");
        Assert.That((Lookups, Recorded), Is.EqualTo((3, (Snowflake?)null)));
    }

    [Test]
    public async Task A_failure_is_not_cached()
    {
        line.Discord.FailNext(new Fault.Status(500), times: 4);
        Assert.That(() => CheckAsync(), Throws.TypeOf<DiscordUnavailableException>());

        line.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(3)));
        Assert.That(() => CheckAsync(), Throws.TypeOf<RateLimitedException>().With.Property("Channel").EqualTo(Line.Channel));

        line.Time.Advance(TimeSpan.FromSeconds(3));
        line.Discord.SetChannel(Line.Channel.Value, ChannelState.MissingAccess);
        Assert.That(() => CheckAsync(), Throws.TypeOf<MessageRefusedException>().With.Property("Code").EqualTo(50001));

        line.Discord.SetChannel(Line.Channel.Value, ChannelState.Open);
        await CheckAsync();
        Assert.That(Recorded, Is.EqualTo(Guild));
    }

    [TestCase(ChannelState.MissingAccess, true)]
    [TestCase(ChannelState.MissingPermissions, true)]
    [TestCase(ChannelState.Unknown, false)]
    public async Task The_bot_asks_again_for_a_channel_that_refused_a_message(ChannelState state, bool isRecorded)
    {
        await CheckAsync();
        line.Discord.SetChannel(Line.Channel.Value, state);
        Assert.That(() => line.PostAsync(), Throws.TypeOf<MessageRefusedException>());
        Assert.That(Recorded is not null, Is.EqualTo(isRecorded));

        line.Discord.SetChannel(Line.Channel.Value, ChannelState.Open);
        await CheckAsync();
        Assert.That(Lookups, Is.EqualTo(2));
    }

    private Task CheckAsync() => line.Client.CheckChannelAsync(Line.Channel, Guild, CancellationToken.None);

    private void AssertForeign(string reason) =>
        Assert.That(() => CheckAsync(), Throws.TypeOf<ForeignChannelException>().With.Message.EqualTo(reason));
}
