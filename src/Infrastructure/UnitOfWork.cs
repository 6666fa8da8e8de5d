using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure;

internal sealed class UnitOfWork(NpgsqlDataSource source, NewGames newGames, PublicImages publicImages, string guildIds) : IUnitOfWork
{
    private readonly Dictionary<Guid, ImageWrite> images = [];
    private IReadOnlyList<Guid> held = [];

    // Null until a game is locked.
    private NpgsqlConnection? transaction;

    public async Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? ifMatch, CancellationToken ct)
    {
        transaction = await source.OpenConnectionAsync(ct);

        // The lock protects the game's references: without it, two requests could release the same ones twice. It is held until the
        // commit, so the game's images stay until then. A second request waits and then sees the changed game, or none.
        await using var batch = transaction.Batch(
            new NpgsqlBatchCommand("BEGIN"),
            RowSecurity.Statement(guildIds),
            GameStatements.Lock(id),
            StoredImage.OfGame(id));
        var (rows, stored) = await batch.ReadAsync(
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return (await reader.RowsAsync<GameResponse>(ct), await reader.RowsAsync<StoredImage>(ct));
            },
            ct);
        var row = rows.SingleOrDefault() ?? throw NotFoundException.Game(id);

        if (ifMatch?.Contains(row.Version) == false)
            throw StaleVersionException.Game(id);

        foreach (var image in stored)
            images[image.Id] = image.Write();

        var game = GameStatements.ToGame(row);
        held = [.. game.References];
        return game;
    }

    public async Task<IReadOnlyList<GameImage>> FindImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct)
    {
        var stored = (await ReadAsync(connection => StoredImage.FindAsync(contents, connection, ct), ct))
            .ToDictionary(image => new ImageKey(image.ContentHash, image.MimeType));
        var found = new Dictionary<ImageKey, GameImage>();

        foreach (var content in contents)
        {
            var key = new ImageKey(content.Hash, content.Format);
            if (found.ContainsKey(key))
                continue;

            var write = stored.TryGetValue(key, out var row) ? row.Write(content) : new(GameImage.Of(content), content, RowState.None);
            images[write.Image.Id] = write;
            found[key] = write.Image;
        }

        return [.. contents.Select(content => found[new(content.Hash, content.Format)])];
    }

    public async Task<GameImage?> FindImageAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(connection => StoredImage.FindAsync(id, connection, ct), ct) is not { } row)
            return null;

        var write = row.Write();
        images[id] = write;
        return write.Image;
    }

    public async Task<Guid> CommitImageAsync(GameImage image)
    {
        var write = images[image.Id] with { Change = image.CountDelta };
        await using var connection = await source.OpenConnectionAsync();
        if (await CommitImageAsync(write, connection) is { } id)
            return id;

        // The row was deleted after it was found. There is nothing to release then, and a store inserts it again.
        return image.CountDelta < 0 ? image.Id : (await CommitImageAsync(write with { State = RowState.None }, connection))!.Value;
    }

    public async Task<GameResponse> CommitInsertAsync(Game game, CancellationToken ct)
    {
        CountReferences([], game.References);
        return transaction is null
            ? await newGames.CommitAsync(new(game.Id, guildIds, Writes(), Statements(game).Insert), ct)
            : (await CommitAsync(Statements(game).Insert())).Single();
    }

    public async Task<GameResponse> CommitUpdateAsync(Game game)
    {
        CountReferences(held, game.References);
        return (await CommitAsync(Statements(game).Update())).Single();
    }

    public Task CommitDeleteAsync(Game game)
    {
        CountReferences(held, []);
        return CommitAsync(Statements(game).Delete());
    }

    // Rolls back what was not committed.
    public ValueTask DisposeAsync() => transaction?.DisposeAsync() ?? default;

    // Adds before it releases: an image that stays, or that moves from one place to the other, always has a reference. A reference to a
    // missing row, which gameimages verify reports, has no count.
    private void CountReferences(IEnumerable<Guid> before, IEnumerable<Guid> after)
    {
        foreach (var id in after.Where(images.ContainsKey))
            images[id].Image.AddReference();
        foreach (var id in before.Where(images.ContainsKey))
            images[id].Image.ReleaseReference();
    }

    private List<ImageWrite> Writes() =>
        [.. images.Values.Select(write => write with { Change = write.Image.CountDelta }).Where(write => write.IsNeeded)];

    /// <returns>Null when the image has no row.</returns>
    private async Task<Guid?> CommitImageAsync(ImageWrite write, NpgsqlConnection connection)
    {
        Guid[] released = write.Change < 0 ? [write.Image.Id] : [];
        await using var batch = connection.Batch([write.Statement(), .. ImageStatements.DeleteUnreferenced(released)]);
        return await ForgetAsync(released, () => batch.CommitToTheEndAsync(
            async reader => await reader.ReadAsync() ? reader.GetGuid(0) : (Guid?)null));
    }

    private async Task<List<GameResponse>> CommitAsync(NpgsqlBatchCommand game)
    {
        var writes = Writes();
        var released = writes.Where(write => write.Change < 0).Select(write => write.Image.Id).ToList();
        await using var batch = transaction!.Batch(
        [
            .. ImageWrite.Statements(writes),
            game,
            .. ImageStatements.DeleteUnreferenced(released),
            new(Commit.Sql),
        ]);
        return await ForgetAsync(released, () => batch.CommitToTheEndAsync(GameStatements.ReadAsync));
    }

    // This instance forgets released images before it answers. The other instances are notified.
    private async Task<T> ForgetAsync<T>(IReadOnlyCollection<Guid> released, Func<Task<T>> commit)
    {
        try
        {
            return await commit();
        }
        finally
        {
            foreach (var id in released)
                publicImages.Forget(id);
        }
    }

    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        if (transaction is not null)
            return await read(transaction);

        await using var connection = await source.OpenConnectionAsync(ct);
        return await read(connection);
    }

    private GameStatements Statements(Game game) => new(
        game, images.Values.Where(write => write.State == RowState.None).ToDictionary(write => write.Image.Id, write => write.Key));
}
