using Dapper;
using GameImages.Application.Games;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Images;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class ImageVerificationTests
{
    private readonly List<ImageProblem> problems = [];
    private TestDatabase database = null!;
    private UseCases useCases = null!;
    private OperatorDatabase operators = null!;
    private DatabaseSnapshot snapshot = null!;
    private GameResponse game = null!;

    [SetUp]
    public async Task Take_a_snapshot_of_one_game()
    {
        problems.Clear();
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
        operators = new OperatorDatabase(database.ConnectionString(EmbeddedServer.Superuser));
        game = await useCases.CreateGameAsync(Pictures.Content(1));
        snapshot = await DatabaseSnapshot.TakeAsync(operators, CancellationToken.None);
    }

    [TearDown]
    public async Task Drop_the_database()
    {
        await snapshot.DisposeAsync();
        await operators.DisposeAsync();
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task What_others_write_meanwhile_is_not_waited_for_and_not_seen()
    {
        // Between the statements of the verification, as soon as it has reported what was damaged before it began.
        await snapshot.DisposeAsync();
        await database.ExecuteAsync("UPDATE game_images SET width = 1, reference_count = 9");
        snapshot = await DatabaseSnapshot.TakeAsync(operators, CancellationToken.None);
        var verified = await new ImageVerification(snapshot, problem =>
        {
            problems.Add(problem);
            useCases.CreateGameAsync(Pictures.Content(2)).GetAwaiter().GetResult();
            database.ExecuteAsync("DELETE FROM game_sessions; DELETE FROM game_images").GetAwaiter().GetResult();
        }).RunAsync(100, (_, _) => { }, CancellationToken.None);

        Assert.That(problems.Select(problem => problem.Kind), Is.EqualTo(new[] { ImageProblemKind.WrongCount, ImageProblemKind.WrongSize }));
        Assert.That((verified.Images, verified.References, verified.ImagesRead), Is.EqualTo((1L, 1L, 1L)));
        Assert.That(await database.QueryAsync<Guid>("SELECT id FROM game_sessions"), Is.Empty);
    }

    [Test]
    public async Task The_same_moment_can_be_shown_to_another_connection()
    {
        await useCases.SendAsync(new DeleteGame(game.Id));
        await using var other = await database.OpenAsync();

        Assert.That(
            await other.QuerySingleAsync<int>($"BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '{snapshot.Id}'; SELECT count(*)::int FROM game_images; COMMIT"),
            Is.EqualTo(1));
    }

    [Test]
    public void Nothing_can_be_written_in_it() => Assert.That(
        () => snapshot.Connection.ExecuteAsync("UPDATE game_images SET reference_count = 9"),
        Throws.TypeOf<Npgsql.PostgresException>().With.Property("SqlState").EqualTo(Npgsql.PostgresErrorCodes.ReadOnlySqlTransaction));
}
