using GameImages.Application.Games;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;
using GameImages.Operations;
using GameImages.Operations.Images;
using GameImages.Operations.Server;
using GameImages.Testing;
using GameImages.Testing.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Infrastructure.Tests;

/// <summary>The programs behind a PgBouncer in transaction mode.</summary>
[Category("Process")]
public sealed class PoolerTests : DatabaseTests
{
    private PgBouncer app = null!;
    private PgBouncer publicImages = null!;
    private PgBouncer owner = null!;

    [OneTimeSetUp]
    public void Require_PgBouncer() => PgBouncer.Require();

    [SetUp]
    public async Task Start_the_poolers()
    {
        app = await PgBouncer.StartAsync(Database, Roles.App);
        publicImages = await PgBouncer.StartAsync(Database, Roles.Public);
        owner = await PgBouncer.StartAsync(Database, EmbeddedServer.Owner);
    }

    [TearDown]
    public void Stop_the_poolers()
    {
        app.Dispose();
        publicImages.Dispose();
        owner.Dispose();
    }

    [Test]
    public async Task Without_a_choice_about_prepared_statements_the_setting_is_refused()
    {
        await using var behind = Behind("");

        Assert.That(
            () => behind.CreateGameAsync(),
            Throws.TypeOf<InvalidSettingException>().With.Message.EqualTo(
                "ConnectionStrings:GameImages leads through a pooler. Add Max Auto Prepare=0 to it, or Max Auto Prepare=50 if the pooler "
                + "is in session mode or supports prepared statements. In a URL, pgbouncer=true stands for Max Auto Prepare=0."));
    }

    [Test]
    public async Task Without_prepared_statements_everything_works()
    {
        await using var behind = Behind(";Max Auto Prepare=0");

        for (var number = 1; number <= 5; number++)
        {
            var game = await behind.CreateGameAsync(Pictures.Content(number), Pictures.Content(number + 1));
            await behind.SendAsync(new CloneGame(game.Id));
            await behind.SendAsync(new DeleteGame(game.Id));
        }

        Assert.That((await behind.SendAsync(new ListGames())).Items, Has.Count.EqualTo(5));
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Operators_need_a_session_of_their_own()
    {
        await using var operators = new OperatorDatabase(owner.ConnectionString);
        var migrator = new SchemaMigrator(owner.ConnectionString);
        var doctor = new Doctor(owner.ConnectionString, null, TimeProvider.System);

        Func<Task>[] uses =
        [
            () => migrator.MigrateAsync(1, default),
            () => ImageStatistics.ReadAsync(operators, 1, default),
            () => doctor.RunAsync(default),
        ];
        foreach (var use in uses)
            Assert.That(use, Throws.TypeOf<InvalidSettingException>().With.Message.Contains("pooler in transaction mode"));
    }

    [Test]
    public async Task Operators_find_a_pooler_although_another_client_uses_the_session_that_they_have_used_before()
    {
        using var pooler = await PgBouncer.StartAsync(Database, EmbeddedServer.Owner, connections: 2);
        await using var source = NpgsqlDataSource.Create($"{pooler.ConnectionString};Max Auto Prepare=0");
        await using var other = await source.OpenConnectionAsync();
        await using var checkedOne = await source.OpenConnectionAsync();

        Assert.That(
            () => PoolerCheck.RequireSessionAsync(checkedOne, async () =>
            {
                await other.ExecuteAsync(new("BEGIN TRANSACTION"));
                return await source.OpenConnectionAsync();
            }),
            Throws.TypeOf<InvalidSettingException>());
    }

    [TestCase("")]
    [TestCase(";Max Auto Prepare=0")]
    public async Task The_connection_for_notifications_has_to_lead_to_the_server_itself(string more)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("ConnectionStrings:GameImages", Database.ConnectionString(Roles.App)),
                new("ConnectionStrings:PublicImages", Database.ConnectionString(Roles.Public)),
                new("ConnectionStrings:Changes", publicImages.ConnectionString + more),
            ])
            .Build();
        await using var services = new ServiceCollection()
            .AddInfrastructure(configuration, checkRoles: true, cacheBytes: 1)
            .BuildServiceProvider();

        Assert.That(
            () => services.CheckRolesAsync(),
            Throws.TypeOf<InvalidSettingException>().With.Message.EqualTo(
                "ConnectionStrings:Changes leads through a pooler. It has to lead to the server itself, because poolers do not pass "
                + "notifications on."));
    }

    private UseCases Behind(string more) => new(
        Database, connectionString: role => (role == Roles.App ? app : publicImages).ConnectionString + more);
}
