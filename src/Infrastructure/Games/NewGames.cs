using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Games;

/// <summary>A game that waits to be inserted.</summary>
/// <param name="Insert">Creates the statement. A statement can belong to one batch only.</param>
internal sealed record NewGame(
    Guid Id, Snowflake GuildId, CallerSettings Caller, IReadOnlyList<ImageWrite> Images, Func<NpgsqlBatchCommand> Insert)
{
    public TaskCompletionSource<GameResponse> Response { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Commits new games. All games that show the same image lock its row, and each holds the lock until its commit is on disk. So while one
/// batch commits, further games with that image wait without a connection. They then go together: one lock and one flush for all of them.
/// </summary>
internal sealed class NewGames(GameDatabase database, TimeProvider time)
{
    /// <summary>How long a game waits for the games before it. After that, the usual timeout of a statement applies.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private const int MaxTogether = 32;

    private readonly Dictionary<Guid, List<NewGame>> waiting = [];

    /// <param name="ct">Observed until the game is sent.</param>
    /// <exception cref="OutcomeUnknownException">The connection was lost during the commit.</exception>
    public async Task<GameResponse> CommitAsync(NewGame game, CancellationToken ct)
    {
        // A game that sends the bytes of an image would delay the others, so it commits alone.
        if (game.Images.Count == 0 || game.Images.Any(image => image.SendsContent))
            _ = CommitTogetherAsync([game]);
        else if (IsFirst(game))
            _ = CommitInTurnAsync(game);
        else
            return await WaitAsync(game, ct);

        return await game.Response.Task;
    }

    private static Guid Row(NewGame game) => game.Images[0].Image.Id;

    private bool IsFirst(NewGame game)
    {
        lock (waiting)
        {
            if (waiting.TryAdd(Row(game), []))
                return true;

            waiting[Row(game)].Add(game);
            return false;
        }
    }

    private async Task<GameResponse> WaitAsync(NewGame game, CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(MaxWait, time);
        await using var late = clock.Token.Register(() =>
            Withdraw(game, new NpgsqlException("The row of the image was locked for too long.", new TimeoutException())));
        await using var left = ct.Register(() => Withdraw(game, new OperationCanceledException(ct)));
        return await game.Response.Task;
    }

    private void Withdraw(NewGame game, Exception reason)
    {
        lock (waiting)
        {
            if (waiting.TryGetValue(Row(game), out var others) && others.Remove(game))
                game.Response.SetException(reason);
        }
    }

    private async Task CommitInTurnAsync(NewGame first)
    {
        for (List<NewGame> games = [first]; games.Count > 0; games = TakeWaiting(Row(first)))
            await CommitTogetherAsync(games);
    }

    private List<NewGame> TakeWaiting(Guid row)
    {
        lock (waiting)
        {
            var games = waiting[row].Take(MaxTogether).ToList();
            waiting[row].RemoveRange(0, games.Count);

            if (games.Count == 0)
                waiting.Remove(row);

            return games;
        }
    }

    private async Task CommitTogetherAsync(List<NewGame> games)
    {
        try
        {
            var responses = await WriteAsync(games);
            games.ForEach(game => game.Response.SetResult(responses[game.Id]));
        }
        // A game that cannot be written must not stop the others, so each is then written alone. After a lost race or without a database,
        // all games fail and each request retries.
        catch (Exception fault)
            when (games.Count > 1
                && fault is not OutcomeUnknownException
                && !DatabaseFaults.IsUnavailable(fault))
        {
            foreach (var game in games)
                await CommitTogetherAsync([game]);
        }
        catch (Exception fault)
        {
            games.ForEach(game => game.Response.SetException(fault));
        }
    }

    private async Task<Dictionary<Guid, GameResponse>> WriteAsync(List<NewGame> games)
    {
        var images = games.SelectMany(game => game.Images)
            .GroupBy(write => write.Image.Id)
            .Select(same => same.First() with { CountDelta = same.Sum(write => write.CountDelta) });

        // The images come before the games. The foreign keys lock image rows too, in a weaker mode. If many transactions held the weaker
        // lock on a popular image, none of them could change the row. All transactions lock the rows of their guilds in the same order.
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var batch = connection.Batch(
        [
            .. ImageWrite.Statements(images),
            .. games
                .OrderBy(game => game.GuildId.Value)
                .SelectMany(game => new[] { game.Caller.Statement(), game.Insert() }),
        ]);
        return (await GameStatements.CommitAsync(batch, GameStatements.ReadAsync)).ToDictionary(game => game.Id);
    }
}
