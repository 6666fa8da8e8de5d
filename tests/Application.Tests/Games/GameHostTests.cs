using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Testing;

namespace GameImages.Application.Tests.Games;

/// <summary>User 7 is Ann. User 8 is Ben, or has a token without a name. A program is not a Discord user.</summary>
public sealed class GameHostTests : UseCaseTests
{
    private static readonly Host Ann = new(new(7), "Ann");
    private static readonly Host Ben = new(new(8), "Ben");
    private static readonly Host Cleo = new(new(9), "Cleo");
    private static readonly Host Bennie = new(new(8), "Bennie");

    private UseCases ann = null!;
    private UseCases ben = null!;
    private UseCases nameless = null!;
    private UseCases trusted = null!;
    private UseCases program = null!;

    [OneTimeSetUp]
    public void Create_the_callers()
    {
        ann = new UseCases(Database, new TestCaller(42) { UserName = "Ann" });
        ben = new UseCases(Database, new TestCaller(42) { UserId = new Snowflake(8), UserName = "Ben" });
        nameless = new UseCases(Database, new TestCaller(42) { UserId = new Snowflake(8) });
        trusted = new UseCases(Database, new TestCaller(42) { UserName = "Ann", MayHostForOthers = true });
        program = new UseCases(Database, new TestCaller(42) { UserId = null });
    }

    [OneTimeTearDown]
    public async Task Dispose_of_the_callers()
    {
        await ann.DisposeAsync();
        await ben.DisposeAsync();
        await nameless.DisposeAsync();
        await trusted.DisposeAsync();
        await program.DisposeAsync();
    }

    [Test]
    public async Task The_creator_of_a_game_hosts_it_under_the_name_of_the_caller()
    {
        Assert.That(await CreateAsync(ann, null, null), Is.EqualTo(Ann));
        Assert.That(await CreateAsync(ann, 7, "Moderator of guild 43"), Is.EqualTo(Ann));
        Assert.That(await CreateAsync(nameless, null, "Bennie"), Is.EqualTo(Bennie));
        AssertRefused(() => CreateAsync(ann, 9, "Cleo"));
        AssertRefused(() => CreateAsync(nameless, 9, null));
        AssertRefused(() => CreateAsync(program, 9, "Cleo"));
    }

    [Test]
    public async Task A_trusted_client_names_any_host_but_keeps_its_own_name()
    {
        Assert.That(await CreateAsync(trusted, 9, "Cleo"), Is.EqualTo(Cleo));
        Assert.That(await CreateAsync(trusted, 9, null), Is.EqualTo(Cleo with { Name = null }));
        Assert.That(await CreateAsync(trusted, null, "x"), Is.EqualTo(Ann));
    }

    [Test]
    public async Task A_change_that_names_another_host_than_the_caller_or_the_current_one_is_refused()
    {
        var game = await NewGameAsync(ann, null, null);

        // Any caller may send the values that the game already has.
        Assert.That(await ChangeAsync(ben, game, 7, "Ann"), Is.EqualTo(Ann));
        Assert.That(await ChangeAsync(ben, game, 7, default), Is.EqualTo(Ann));
        Assert.That(await ChangeAsync(ben, game, default, default), Is.EqualTo(Ann));

        AssertRefused(() => ChangeAsync(ben, game, default, "Moderator of guild 43"));
        AssertRefused(() => ChangeAsync(ben, game, default, (string?)null));
        AssertRefused(() => ChangeAsync(nameless, game, default, "Moderator of guild 43"));
        AssertRefused(() => ChangeAsync(ben, game, 9, "Cleo"));
        Assert.That(await ChangeAsync(ann, game, default, "Moderator of guild 43"), Is.EqualTo(Ann));

        // Ben takes the game over under his own name.
        Assert.That(await ChangeAsync(ben, game, 8, "Moderator of guild 43"), Is.EqualTo(Ben));
        AssertRefused(() => ChangeAsync(ann, game, 8, "Ann"));
        Assert.That(await ChangeAsync(nameless, game, default, "Bennie"), Is.EqualTo(Bennie));

        // A new host does not get the name of the previous host.
        Assert.That(await ChangeAsync(trusted, game, 9, default), Is.EqualTo(Cleo with { Name = null }));
        Assert.That(await ChangeAsync(trusted, game, default, "Cleo"), Is.EqualTo(Cleo));
        Assert.That(await ChangeAsync(nameless, game, 8, default), Is.EqualTo(Ben with { Name = null }));
    }

    [Test]
    public async Task The_caller_hosts_a_cloned_game_unless_the_caller_is_a_trusted_client()
    {
        var game = await NewGameAsync(nameless, null, "Bennie");

        Assert.That(await CloneAsync(ann, game), Is.EqualTo(Ann));
        Assert.That(await CloneAsync(ben, game), Is.EqualTo(Ben));
        Assert.That(await CloneAsync(nameless, game), Is.EqualTo(Bennie));
        Assert.That(await CloneAsync(trusted, game), Is.EqualTo(Bennie));
        Assert.That(await CloneAsync(nameless, await NewGameAsync(ann, null, null)), Is.EqualTo(Ben with { Name = null }));
        AssertRefused(() => CloneAsync(program, game));
    }

    private static void AssertRefused(Func<Task> attempt) =>
        Assert.That(async () => await attempt(), Throws.TypeOf<NotAllowedException>().With.Message.Contains("may_host_for_others"));

    private static async Task<Guid> NewGameAsync(UseCases caller, long? host, string? name) => (await SendAsync(caller, host, name)).Id;

    private static async Task<Host> CreateAsync(UseCases caller, long? host, string? name) =>
        HostOf(await SendAsync(caller, host, name));

    private static async Task<Host> CloneAsync(UseCases caller, Guid game) =>
        HostOf(await caller.SendAsync(new CloneGame(game)));

    private static async Task<Host> ChangeAsync(UseCases caller, Guid game, long? host, OptionalField<string> name) =>
        HostOf(await caller.SendAsync(new UpdateGame
        {
            Id = game,
            HostId = host is { } id ? (Snowflake?)new Snowflake(id) : default(OptionalField<Snowflake?>),
            HostName = name,
            Location = $"{Guid.NewGuid()}",
        }));

    private static Task<GameResponse> SendAsync(UseCases caller, long? host, string? name) => caller.SendAsync(new CreateGame
    {
        GuildId = new Snowflake(42),
        ChannelId = new Snowflake(5),
        HostId = host is { } id ? new Snowflake(id) : null,
        HostName = name,
        Title = "Dune: Imperium",
        ScheduledAt = DateTime.UnixEpoch,
    });

    private static Host HostOf(GameResponse game) => new(game.HostId, game.HostName);

    private sealed record Host(Snowflake Id, string? Name);
}
