using GameImages.Application.Announcements;
using GameImages.Domain.Games;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Announcements;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Operations;
using GameImages.Operations.Announcements;
using GameImages.Operations.Images;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests;

/// <summary>
/// The connection is lost while the bot or an operator reads a response of the database. The exception must show that.
/// </summary>
[Category("Long")]
public sealed class CutAnswerTests
{
    private TestDatabase database = null!;
    private UseCases useCases = null!;
    private CuttingProxy proxy = null!;
    private BotDatabase bot = null!;
    private OperatorDatabase operators = null!;
    private Guid image;

    [OneTimeSetUp]
    public async Task Create_the_database()
    {
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
        image = (await useCases.CreateGameAsync(Pictures.Content(1), Pictures.Content(2))).ThumbnailId!.Value;

        proxy = CuttingProxy.Start(database.ConnectionString(Roles.Bot));
        bot = new(NpgsqlDataSource.Create(proxy.Through(database.ConnectionString(Roles.Bot))));
        operators = new(proxy.Through(database.ConnectionString(EmbeddedServer.Superuser)));
    }

    [OneTimeTearDown]
    public async Task Drop_the_database()
    {
        await operators.DisposeAsync();
        await bot.Source.DisposeAsync();
        proxy.Dispose();
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public Task The_bot_claims_a_change() => CutAsync(async () =>
    {
        await using var delivery = await ClaimAsync();
        await delivery.ReadImageAsync(image, default);
        await delivery.PostponeAsync(TimeSpan.Zero, "reason");
    });

    [Test]
    public Task The_bot_posts_a_message() => CutAsync(async () =>
    {
        await using var delivery = await ClaimAsync();
        await delivery.BeginPostAsync(new Snowflake(5), new Snowflake(42), default);
        await delivery.EndPostAsync(new(), default);
    });

    [Test]
    public Task The_bot_counts_the_waiting_changes() => CutAsync(() => new Outbox(bot, TimeProvider.System).ReadStateAsync(default));

    [Test]
    public Task The_bot_reads_the_waiting_games() => CutAsync(() => new AnnouncedGameReader(bot).ReadWaitingAsync(0, default));

    [Test]
    public Task An_operator_lists_the_outbox() =>
        CutAsync(() => new OperatorOutbox(operators).ListAsync(null, parked: false, limit: 10, default));

    [Test]
    public Task An_operator_retries_parked_changes() =>
        CutAsync(() => new OperatorOutbox(operators).RetryAsync(null, default), mayBeUnknown: true);

    [Test]
    public Task An_operator_copies_an_image() =>
        CutAsync(async () =>
        {
            var reader = new ImageDetailsReader(operators);
            await reader.CopyAsync(await reader.GetAsync(image, default), Stream.Null, default);
        });

    [Test]
    public Task An_operator_verifies_the_images() => CutAsync(async () =>
    {
        await using var snapshot = await DatabaseSnapshot.TakeAsync(operators, default);
        await new ImageVerification(snapshot, _ => { }).RunAsync(100, (_, _) => { }, default);
    });

    // The driver reads the types of the database over the first connection.
    [Test]
    public Task A_program_opens_its_first_connection() => CutAsync(
        async () =>
        {
            await using var source = NpgsqlDataSource.Create(proxy.Through(database.ConnectionString(Roles.App)));
            await using var connection = await source.OpenConnectionAsync();
            await connection.QueryAsync<int>(new("SELECT 1"));
        },
        positions: answer => Enumerable.Range(0, 60).Select(part => answer.Length * part / 60));

    // A change stays locked until the server notices that the connection which has locked it was closed.
    private async Task<IDelivery> ClaimAsync()
    {
        while (true)
        {
            if (await new Outbox(bot, TimeProvider.System).ClaimAsync([], default) is { } delivery)
                return delivery;
        }
    }

    private async Task CutAsync(Func<Task> use, bool mayBeUnknown = false, Func<byte[], IEnumerable<int>>? positions = null)
    {
        positions ??= answer => CuttingProxy.Positions(answer, ofPart: 1, most: 40);
        await use();
        proxy.Begin();
        await use();
        var wrong = new List<string>();
        var lost = 0;
        var unknown = 0;

        foreach (var position in positions(proxy.End().Answer))
        {
            // The pool has an open connection after this.
            await use();
            proxy.Begin(position);
            try
            {
                // This succeeds if only the response to a rollback is cut.
                await use();
            }
            catch (Application.OutcomeUnknownException) when (mayBeUnknown)
            {
                unknown++;
            }
            catch (Exception fault)
            {
                lost++;
                if (DatabaseFaults.KindOf(fault) != FaultKind.LostConnection)
                    wrong.Add($"{fault.GetType()} at byte {position}: {fault.Message}");
            }

            proxy.End();
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(lost, Is.Positive);
        Assert.That(unknown, mayBeUnknown ? Is.Positive : Is.Zero);
    }
}
