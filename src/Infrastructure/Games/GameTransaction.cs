using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Games;

internal sealed class GameTransaction(NpgsqlConnection connection, string guildIds, PublicImages images) : IGameTransaction
{
    private readonly Dictionary<Guid, Picture> pictures = [];
    private IReadOnlyList<Guid> held = [];
    private bool hasBegun;

    /// <summary>An image that may have to be counted, and the bytes that its row is to have, unless it has them.</summary>
    private sealed record Picture(ImageKey Key, bool IsKept, ImageContent? Content = null);

    public async Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? ifMatch, CancellationToken ct)
    {
        hasBegun = true;

        // The lock keeps two requests from giving the same references back twice, and as long as it is held, the game's images stay.
        await using var batch = connection.Batch(
            new NpgsqlBatchCommand("BEGIN"),
            RowSecurity.Statement(guildIds),
            new NpgsqlBatchCommand($"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id FOR UPDATE").With("id", id),
            new NpgsqlBatchCommand(
                $"SELECT {KeptImage.Columns} FROM game_images WHERE id IN (SELECT unnest(ARRAY[thumbnail_id, banner_image_id]) FROM game_sessions WHERE id = @id)").With("id", id));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var row = (await reader.RowsAsync<GameResponse>(ct)).SingleOrDefault() ?? throw NotFoundException.Game(id);

        if (ifMatch?.Contains(row.Version) == false)
            throw new StaleVersionException($"Game {id} was changed since the version that If-Match names.");

        foreach (var image in await reader.RowsAsync<KeptImage>(ct))
            pictures[image.Id] = new(image.Key, IsKept: true);

        var game = new Game(row.Id, row.GuildId, Details(row), row.Status, row.ThumbnailId, row.BannerImageId);
        held = [.. game.References];
        return game;
    }

    public async Task<IReadOnlyList<Guid>> FindImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct)
    {
        var kept = (await KeptImage.FindAsync(contents, connection, ct)).ToDictionary(image => image.Key);
        var ids = new Dictionary<ImageKey, Guid>();

        foreach (var content in contents)
        {
            var key = new ImageKey(content);
            var image = kept.GetValueOrDefault(key);

            // Random, as the id of a picture is what allows to see it.
            if (ids.TryAdd(key, image?.Id ?? Guid.NewGuid()))
                pictures[ids[key]] = new(key, image is not null, image is { IsQuarantined: false } ? null : content);
        }

        return [.. contents.Select(content => ids[new(content)])];
    }

    public Task<GameResponse> CommitInsertAsync(Game game) => CommitAsync(Statements(game).Insert(), [], game.References, RowAsync);

    public Task<GameResponse> CommitUpdateAsync(Game game) => CommitAsync(Statements(game).Update(), held, game.References, RowAsync);

    public Task CommitDeleteAsync(Game game) => CommitAsync(Statements(game).Delete(), held, [], _ => Task.FromResult(0));

    // Rolls back what has begun and was not committed.
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<T> CommitAsync<T>(NpgsqlBatchCommand write, IEnumerable<Guid> before, IEnumerable<Guid> after, Func<NpgsqlDataReader, Task<T>> readAsync)
    {
        var changes = ReferenceChanges.Between(before, after);
        var released = changes.Where(change => change.Value < 0).Select(change => change.Key).ToArray();

        // The images before the game: a row that this transaction has locked already costs the foreign keys' own locks nothing, and a
        // popular picture would else be locked by many games at once, each of which then wants to change it.
        await using var batch = connection.Batch(
        [
            .. hasBegun ? [] : new[] { RowSecurity.Statement(guildIds) },
            .. Counts(changes),
            write,
            .. released.Length == 0 ? [] : ImageStatements.DeleteUnreferenced(released),
            .. hasBegun ? new NpgsqlBatchCommand[] { new(Commit.Sql) } : [],
        ]);

        try
        {
            return await batch.CommitToTheEndAsync(readAsync);
        }
        finally
        {
            // Here at once; the other instances are notified.
            Array.ForEach(released, images.Forget);
        }
    }

    // The one result that has more than one column.
    private static async Task<GameResponse> RowAsync(NpgsqlDataReader reader)
    {
        while (reader.FieldCount == 1)
            await reader.NextResultAsync();

        return (await reader.RowsAsync<GameResponse>(CancellationToken.None)).Single();
    }

    private GameStatements Statements(Game game) => new(game, pictures.Where(picture => !picture.Value.IsKept).ToDictionary(picture => picture.Key, picture => picture.Value.Key));

    private static GameDetails Details(GameResponse row) => new()
    {
        ChannelId = row.ChannelId,
        HostId = row.HostId,
        HostName = row.HostName,
        Title = row.Title,
        Description = row.Description,
        SignupInstructions = row.SignupInstructions,
        Location = row.Location,
        ScheduledAt = row.ScheduledAt,
        ExpectedDurationMinutes = row.ExpectedDurationMinutes,
        MaxPlayers = row.MaxPlayers,
    };

    // In the order of the key: whoever waits for a row holds only rows that come before it, so nobody waits in a ring. That includes
    // waiting for a row that another transaction is just inserting.
    private IEnumerable<NpgsqlBatchCommand> Counts(IReadOnlyDictionary<Guid, int> changes) =>
        from picture in pictures
        let change = changes.GetValueOrDefault(picture.Key)
        where change != 0 || picture.Value is { IsKept: true, Content: not null }
        orderby picture.Value.Key
        select picture.Value switch
        {
            { Content: null } => ImageStatements.Count(picture.Key, change),
            { IsKept: true, Content: { } content } => ImageStatements.HealAndCount(picture.Key, content, change),
            { Content: { } content } => ImageStatements.InsertOrCount(picture.Key, content, change),
        };
}
