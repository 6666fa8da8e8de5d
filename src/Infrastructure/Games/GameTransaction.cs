using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Games;

internal sealed class GameTransaction(NpgsqlDataSource source, NewGames newGames, PublicImages publicImages, string guildIds) : IGameTransaction
{
    private readonly Dictionary<Guid, CountedImage> images = [];
    private IReadOnlyList<Guid> held = [];

    // Since a game was locked.
    private NpgsqlConnection? transaction;

    public async Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? ifMatch, CancellationToken ct)
    {
        transaction = await source.OpenConnectionAsync(ct);

        // The lock keeps two requests from giving the same references back twice, and as long as it is held, the game's images stay.
        await using var batch = transaction.Batch(
            new NpgsqlBatchCommand("BEGIN"),
            RowSecurity.Statement(guildIds),
            new NpgsqlBatchCommand($"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id FOR UPDATE").With("id", id),
            new NpgsqlBatchCommand(
                $"SELECT {KeptImage.Columns} FROM game_images WHERE id IN (SELECT unnest(ARRAY[thumbnail_id, banner_image_id]) FROM game_sessions WHERE id = @id)").With("id", id));
        var (rows, kept) = await batch.ReadAsync(
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return (await reader.RowsAsync<GameResponse>(ct), await reader.RowsAsync<KeptImage>(ct));
            },
            ct);
        var row = rows.SingleOrDefault() ?? throw NotFoundException.Game(id);

        if (ifMatch?.Contains(row.Version) == false)
            throw StaleVersionException.Game(id);

        foreach (var image in kept)
            images[image.Id] = new(image.Id, image.Key, IsKept: true);

        var game = new Game(row.Id, row.GuildId, Details(row), row.Status, row.ThumbnailId, row.BannerImageId);
        held = [.. game.References];
        return game;
    }

    public async Task<IReadOnlyList<Guid>> FindImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct)
    {
        var kept = (await ReadImagesAsync(contents, ct)).ToDictionary(image => image.Key);
        var ids = new Dictionary<ImageKey, Guid>();

        foreach (var content in contents)
        {
            var key = new ImageKey(content);
            var image = kept.GetValueOrDefault(key);

            // Random, as the id of a picture is what allows to see it.
            if (ids.TryAdd(key, image?.Id ?? Guid.NewGuid()))
                images[ids[key]] = new(ids[key], key, image is not null, image is { IsQuarantined: false } ? null : content);
        }

        return [.. contents.Select(content => ids[new(content)])];
    }

    public async Task<GameResponse> CommitInsertAsync(Game game, CancellationToken ct)
    {
        var counted = Counted([], game.References);
        return transaction is null
            ? await newGames.CommitAsync(new(game.Id, guildIds, counted, Statements(game).Insert), ct)
            : (await CommitAsync(counted, Statements(game).Insert())).Single();
    }

    public async Task<GameResponse> CommitUpdateAsync(Game game) => (await CommitAsync(Counted(held, game.References), Statements(game).Update())).Single();

    public Task CommitDeleteAsync(Game game) => CommitAsync(Counted(held, []), Statements(game).Delete());

    // Rolls back what was not committed.
    public ValueTask DisposeAsync() => transaction?.DisposeAsync() ?? default;

    private async Task<List<GameResponse>> CommitAsync(IReadOnlyList<CountedImage> counted, NpgsqlBatchCommand write)
    {
        var released = counted.Where(image => image.Change < 0).Select(image => image.Id).ToList();
        await using var batch = transaction!.Batch(
        [
            .. CountedImage.Statements(counted),
            write,
            .. ImageStatements.DeleteUnreferenced(released),
            new(Commit.Sql),
        ]);

        try
        {
            return await batch.CommitToTheEndAsync(GameStatements.ReadAsync);
        }
        finally
        {
            // Here at once; the other instances are notified.
            released.ForEach(publicImages.Forget);
        }
    }

    private List<CountedImage> Counted(IEnumerable<Guid> before, IEnumerable<Guid> after)
    {
        var changes = ReferenceChanges.Between(before, after);
        return [.. images.Values.Select(image => image with { Change = changes.GetValueOrDefault(image.Id) }).Where(image => image.Change != 0 || image.Content is not null)];
    }

    private async Task<List<KeptImage>> ReadImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct)
    {
        if (transaction is not null)
            return await KeptImage.FindAsync(contents, transaction, ct);

        await using var connection = await source.OpenConnectionAsync(ct);
        return await KeptImage.FindAsync(contents, connection, ct);
    }

    private GameStatements Statements(Game game) => new(game, images.Values.Where(image => !image.IsKept).ToDictionary(image => image.Id, image => image.Key));

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
}
