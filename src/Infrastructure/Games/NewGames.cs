using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Games;

/// <summary>A game that is to be inserted by one of its guild.</summary>
/// <param name="Insert">Makes the statement, which belongs to one batch.</param>
internal sealed record NewGame(Guid Id, string GuildIds, IReadOnlyList<ImageWrite> Images, Func<NpgsqlBatchCommand> Insert)
{
    public TaskCompletionSource<GameResponse> Response { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Commits new games. All that show the same picture have to wait for its row, which each holds until its commit is on the disk. So while
/// some of them commit, the others gather without a connection, and go together: one lock and one flush for all.
/// </summary>
internal sealed class NewGames(GameDatabase database, TimeProvider time)
{
    /// <summary>Waits this long for those before it, and then for the database as long as every other statement.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private const int MaxTogether = 32;

    private readonly Dictionary<Guid, List<NewGame>> waiting = [];

    /// <param name="ct">Heeded as long as nothing of the game was sent.</param>
    /// <exception cref="OutcomeUnknownException">The connection was lost on the way.</exception>
    public async Task<GameResponse> CommitAsync(NewGame game, CancellationToken ct)
    {
        // A game that sends bytes would delay the others.
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
            Withdraw(game, new NpgsqlException("Others kept the image's row for too long.", new TimeoutException())));
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
        // One game that cannot be written must not stop the others, so each is written alone. After a lost race or without a database, all
        // of them fail, and each request retries.
        catch (Exception fault)
            when (games.Count > 1
                && fault is not OutcomeUnknownException
                && !DatabaseFaults.IsLostRace(fault)
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
            .Select(same => same.First() with { Change = same.Sum(write => write.Change) });

        // The images before the games: a row that this transaction has locked already costs the foreign keys' own locks nothing, and a
        // popular picture would else be locked by many transactions at once, each of which then wants to change it.
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var batch = connection.Batch(
        [
            .. ImageWrite.Statements(images),
            .. games
                .GroupBy(game => game.GuildIds)
                .SelectMany(ours => ours.Select(game => game.Insert()).Prepend(RowSecurity.Statement(ours.Key))),
        ]);
        return (await batch.CommitToTheEndAsync(GameStatements.ReadAsync)).ToDictionary(game => game.Id);
    }
}
