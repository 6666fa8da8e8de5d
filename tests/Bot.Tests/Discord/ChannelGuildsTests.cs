using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;

namespace GameImages.Bot.Tests.Discord;

public sealed class ChannelGuildsTests
{
    private static readonly Snowflake Guild = new(42);

    private DiscordSetup setup = null!;

    private int Lookups => setup.Discord.Requests.Count(request => request.Endpoint == DiscordEndpoint.GetChannel);

    private Snowflake? Recorded => setup.Recorded.Guilds.TryGetValue(DiscordSetup.Channel, out var guild) ? guild : null;

    [SetUp]
    public async Task Start() => setup = await DiscordSetup.StartAsync();

    [TearDown]
    public async Task Stop()
    {
        Assert.That(setup.Discord.Violations, Is.Empty);
        await setup.DisposeAsync();
    }

    [Test]
    public async Task The_bot_asks_Discord_once_an_hour_and_records_the_response()
    {
        await CheckAsync();
        setup.Time.Advance(ChannelGuilds.MaxAge - TimeSpan.FromTicks(1));
        await CheckAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Lookups, Is.EqualTo(1));
            Assert.That(Recorded, Is.EqualTo(Guild));
        });

        // Now the channel belongs to another guild.
        setup.Discord.DeclareChannel(DiscordSetup.Channel.Value, 43);
        setup.Time.Advance(TimeSpan.FromTicks(1));
        AssertForeign($"Channel {DiscordSetup.Channel} belongs to guild 43, not to guild 42.");
        AssertForeign($"Channel {DiscordSetup.Channel} belongs to guild 43, not to guild 42.");
        Assert.Multiple(() =>
        {
            Assert.That(Lookups, Is.EqualTo(2));
            Assert.That(Recorded, Is.EqualTo(new Snowflake(43)));
        });
    }

    [Test]
    public async Task Many_checks_at_once_send_one_request()
    {
        var response = new TaskCompletionSource();
        setup.Discord.FailNext(new Fault.Late(response.Task));
        var checks = Enumerable.Range(0, 20).Select(_ => CheckAsync()).ToList();
        response.SetResult();
        await Task.WhenAll(checks);

        Assert.That(Lookups, Is.EqualTo(1));
    }

    [Test]
    public void A_direct_message_belongs_to_no_guild()
    {
        setup.Discord.DeclareChannel(DiscordSetup.Channel.Value, null);
        AssertForeign($"Channel {DiscordSetup.Channel} belongs to no guild, not to guild 42.");
        Assert.That(Recorded, Is.Null);
    }

    [Test]
    public async Task The_record_of_an_unknown_channel_is_removed_and_the_bot_asks_for_it_again()
    {
        await CheckAsync();
        setup.Time.Advance(ChannelGuilds.MaxAge);
        setup.Discord.SetChannel(DiscordSetup.Channel.Value, ChannelState.Unknown);
        AssertForeign($"Channel {DiscordSetup.Channel} does not exist at Discord.");
        AssertForeign($"Channel {DiscordSetup.Channel} does not exist at Discord.");
        Assert.Multiple(() =>
        {
            Assert.That(Lookups, Is.EqualTo(3));
            Assert.That(Recorded, Is.Null);
        });
    }

    [Test]
    public async Task A_failure_is_not_cached()
    {
        setup.Discord.FailNext(new Fault.Status(500), times: 4);
        Assert.That(() => CheckAsync(), Throws.TypeOf<DiscordUnavailableException>());

        setup.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(3)));
        Assert.That(() => CheckAsync(), Throws.TypeOf<RateLimitedException>().With.Property("Channel").EqualTo(DiscordSetup.Channel));

        setup.Time.Advance(TimeSpan.FromSeconds(3));
        setup.Discord.SetChannel(DiscordSetup.Channel.Value, ChannelState.MissingAccess);
        Assert.That(() => CheckAsync(), Throws.TypeOf<MessageRefusedException>().With.Property("Code").EqualTo(50001));

        setup.Discord.SetChannel(DiscordSetup.Channel.Value, ChannelState.Open);
        await CheckAsync();
        Assert.That(Recorded, Is.EqualTo(Guild));
    }

    [TestCase(ChannelState.MissingAccess, true)]
    [TestCase(ChannelState.MissingPermissions, true)]
    [TestCase(ChannelState.Unknown, false)]
    public async Task The_bot_asks_again_for_a_channel_that_refused_a_message(ChannelState state, bool isRecorded)
    {
        await CheckAsync();
        setup.Discord.SetChannel(DiscordSetup.Channel.Value, state);
        Assert.That(() => setup.PostAsync(), Throws.TypeOf<MessageRefusedException>());
        Assert.That(Recorded is not null, Is.EqualTo(isRecorded));

        setup.Discord.SetChannel(DiscordSetup.Channel.Value, ChannelState.Open);
        await CheckAsync();
        Assert.That(Lookups, Is.EqualTo(2));
    }

    private Task CheckAsync() => setup.Client.CheckChannelAsync(DiscordSetup.Channel, Guild, CancellationToken.None);

    private void AssertForeign(string reason) =>
        Assert.That(() => CheckAsync(), Throws.TypeOf<ForeignChannelException>().With.Message.EqualTo(reason));
}
