using Dapper;
using GameImages.Application.Games;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Images;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class ImageVerificationTests : DatabaseTests
{
    private readonly List<ImageProblem> problems = [];
    private OperatorDatabase operators = null!;
    private DatabaseSnapshot snapshot = null!;
    private GameResponse game = null!;

    [SetUp]
    public async Task Take_a_snapshot_of_one_game()
    {
        problems.Clear();
        operators = new OperatorDatabase(Database.ConnectionString(EmbeddedServer.Superuser));
        game = await UseCases.CreateGameAsync(Pictures.Content(1));
        snapshot = await DatabaseSnapshot.TakeAsync(operators, CancellationToken.None);
    }

    [TearDown]
    public async Task Release_the_snapshot()
    {
        await snapshot.DisposeAsync();
        await operators.DisposeAsync();
    }

    [Test]
    public async Task A_verification_neither_sees_nor_waits_for_concurrent_writes()
    {
        // The other writes happen between the statements of the verification, after it has reported the first problem.
        await snapshot.DisposeAsync();
        await Database.ExecuteAsync("UPDATE game_images SET width = 1, reference_count = 9");
        snapshot = await DatabaseSnapshot.TakeAsync(operators, CancellationToken.None);
        var verified = await new ImageVerification(snapshot, problem =>
        {
            problems.Add(problem);
            UseCases.CreateGameAsync(Pictures.Content(2)).GetAwaiter().GetResult();
            Database.ExecuteAsync("DELETE FROM game_sessions; DELETE FROM game_images").GetAwaiter().GetResult();
        }).RunAsync(100, (_, _) => { }, CancellationToken.None);

        Assert.That(
            problems.Select(problem => problem.Kind),
            Is.EqualTo(new[] { ImageProblemKind.WrongCount, ImageProblemKind.WrongSize }));
        Assert.Multiple(() =>
        {
            Assert.That(verified.Images, Is.EqualTo(1));
            Assert.That(verified.References, Is.EqualTo(1));
            Assert.That(verified.ImagesRead, Is.EqualTo(1));
        });
        Assert.That(await Database.QueryAsync<Guid>("SELECT id FROM game_sessions"), Is.Empty);
    }

    [Test]
    public async Task Another_connection_can_use_the_same_snapshot()
    {
        await UseCases.SendAsync(new DeleteGame(game.Id));
        await using var other = await Database.OpenAsync();

        Assert.That(
            await other.QuerySingleAsync<int>(
                $"""
                BEGIN ISOLATION LEVEL REPEATABLE READ;
                SET TRANSACTION SNAPSHOT '{snapshot.Id}';
                SELECT count(*)::int FROM game_images;
                COMMIT
                """),
            Is.EqualTo(1));
    }

    [Test]
    public void A_snapshot_is_read_only() => Assert.That(
        () => snapshot.Connection.ExecuteAsync("UPDATE game_images SET reference_count = 9"),
        Throws.TypeOf<Npgsql.PostgresException>().With.Property("SqlState").EqualTo(Npgsql.PostgresErrorCodes.ReadOnlySqlTransaction));
}
