using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Games;

internal sealed class UnitOfWork(NpgsqlDataSource source, NewGames newGames, PublicImages publicImages, CallerSettings caller)
    : IGameUnitOfWork
{
    private readonly ReferencedImages images = new();
    private IReadOnlyList<Guid> held = [];

    // The connection whose transaction has locked a game or reserved a key; otherwise null.
    private NpgsqlConnection? transaction;
    private IdempotencyKey? key;

    public async Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? expectedVersions, CancellationToken ct)
    {
        var begin = await BeginAsync(ct);

        // The lock protects the game's references. Without it, two requests could release the same reference twice. It is held until the
        // commit. A second request waits and then sees the changed game, or no game.
        await using var batch = transaction!.Batch([.. begin, GameStatements.Lock(id), StoredImage.OfGame(id)]);
        var (rows, stored) = await batch.ReadAsync(
            async reader =>
            {
                if (begin.Length > 0)
                    await reader.NextResultAsync(ct);

                return (await reader.RowsAsync<GameResponse>(ct), await reader.RowsAsync<StoredImage>(ct));
            },
            ct);
        var row = rows.SingleOrDefault() ?? throw NotFoundException.Game(id);

        if (expectedVersions?.Contains(row.Version) == false)
            throw StaleVersionException.Game(id);

        stored.ForEach(image => images.Add(image));

        var game = row.ToGame();
        held = [.. game.References];
        return game;
    }

    public Task<IReadOnlyList<GameImage>> FindImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct) =>
        ReadAsync(connection => images.FindAsync(contents, connection, ct), ct);

    public async Task<GameImage?> FindImageAsync(Guid id, CancellationToken ct) =>
        await ReadAsync(connection => StoredImage.FindAsync(id, connection, ct), ct) is { } row ? images.Add(row) : null;

    public async Task<GameImage?> FindUsableImageAsync(Guid id, CancellationToken ct) =>
        await ReadAsync(connection => StoredImage.FindUsableAsync(id, caller, connection, ct), ct) is { } row ? images.Add(row) : null;

    public async Task<GameResponse?> FindAnswerAsync(IdempotencyKey? key, CancellationToken ct)
    {
        if ((this.key = key) is null)
            return null;

        transaction = await source.OpenConnectionAsync(ct);
        return await KeptAnswers.BeginAsync<GameResponse>(transaction, caller, this.key, GameStatements.Answer, ct);
    }

    public async Task<Guid> CommitImageAsync(GameImage image)
    {
        var write = images[image.Id].Counted();
        await using var connection = await source.OpenConnectionAsync();
        if (await CommitImageAsync(write, connection) is { } id)
            return id;

        // The row was deleted after it was found. There is nothing to release then, and a store inserts it again.
        return image.CountDelta < 0 ? image.Id : (await CommitImageAsync(write with { State = RowState.None }, connection))!.Value;
    }

    public async Task<GameResponse> CommitInsertAsync(Game game, CancellationToken ct)
    {
        images.Count([], game.References);
        var statements = Statements(game);
        var sent = caller.WithSent(images.Sent);
        if (transaction is null)
            return await newGames.CommitAsync(new(game.Id, game.GuildId, sent, images.Writes(), statements.Insert), ct);

        var answer = key is null ? [] : KeptAnswers.Keep(caller, key, GameStatements.KeepAnswer(game.Id));
        return (await CommitAsync(statements.Insert(), answer)).Single();
    }

    public async Task<GameResponse> CommitUpdateAsync(Game game)
    {
        images.Count(held, game.References);
        return (await CommitAsync(Statements(game).Update())).Single();
    }

    public Task CommitDeleteAsync(Game game)
    {
        images.Count(held, []);
        return CommitAsync(Statements(game).Delete());
    }

    // Closing the connection rolls back everything that was not committed.
    public ValueTask DisposeAsync() => transaction?.DisposeAsync() ?? default;

    /// <returns>Null when the image has no row.</returns>
    private async Task<Guid?> CommitImageAsync(ImageWrite write, NpgsqlConnection connection)
    {
        Guid[] released = write.CountDelta < 0 ? [write.Image.Id] : [];
        await using var batch = connection.Batch([write.Statement(), .. ImageStatements.DeleteUnreferenced(released)]);
        return await publicImages.EvictAfterAsync(released, () => GameStatements.CommitAsync(
            batch, async reader => await reader.ReadAsync() ? reader.GetGuid(0) : (Guid?)null));
    }

    private async Task<List<GameResponse>> CommitAsync(NpgsqlBatchCommand game, IEnumerable<NpgsqlBatchCommand>? answer = null)
    {
        var writes = images.Writes();
        var released = writes.Where(write => write.CountDelta < 0).Select(write => write.Image.Id).ToList();
        await using var batch = transaction!.Batch(
        [
            caller.WithSent(images.Sent).Statement(),
            .. ImageWrite.Statements(writes),
            game,
            .. answer ?? [],
            .. ImageStatements.DeleteUnreferenced(released),
            new(Commit.Sql),
        ]);
        return await publicImages.EvictAfterAsync(released, () => GameStatements.CommitAsync(batch, GameStatements.ReadAsync));
    }

    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        if (transaction is not null)
            return await read(transaction);

        await using var connection = await source.OpenConnectionAsync(ct);
        return await read(connection);
    }

    /// <returns>The statements that begin a transaction, unless one has begun.</returns>
    private async Task<NpgsqlBatchCommand[]> BeginAsync(CancellationToken ct)
    {
        if (transaction is not null)
            return [];

        transaction = await source.OpenConnectionAsync(ct);
        return [new("BEGIN"), caller.Statement()];
    }

    private GameStatements Statements(Game game) => new(game, images.New);
}
