using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain;
using GameImages.Domain.Games;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Games;

/// <summary>The statements that lock and write a game's row. Inserts and updates return it as a response.</summary>
/// <param name="newImages">The images that another request may store first. Then their rows have another id.</param>
internal sealed class GameStatements(Game game, IReadOnlyDictionary<Guid, ImageKey> newImages)
{
    /// <returns>The games in the results of a batch. A result of one column has no game.</returns>
    public static async Task<List<GameResponse>> ReadAsync(NpgsqlDataReader reader)
    {
        var games = new List<GameResponse>();
        while (reader.FieldCount > 0)
        {
            if (reader.FieldCount > 1)
                games.AddRange(await reader.RowsAsync<GameResponse>(CancellationToken.None));
            else
                await reader.NextResultAsync();
        }

        return games;
    }

    /// <summary>Commits a batch with statements of a game and its images.</summary>
    /// <inheritdoc cref="Commit.CommitToTheEndAsync{T}" path="/param"/>
    /// <exception cref="ImageRefusedException">An image is blocked.</exception>
    /// <exception cref="BrokenRuleException">An image has fewer references than are released.</exception>
    /// <exception cref="FieldRefusedException">The channel belongs to another guild.</exception>
    /// <inheritdoc cref="Commit.CommitToTheEndAsync{T}" path="/exception"/>
    public static async Task<T> CommitAsync<T>(NpgsqlBatch batch, Func<NpgsqlDataReader, Task<T>> readAsync)
    {
        try
        {
            return await batch.CommitToTheEndAsync(readAsync);
        }
        catch (PostgresException refused) when ((ImageStatements.Refusal(refused) ?? Refusal(refused)) is { } refusal)
        {
            throw refusal;
        }
    }

    // The application's exception for a failure of the game's statements, or null.
    private static FieldRefusedException? Refusal(PostgresException fault) => fault.SqlState switch
    {
        // The trigger of schema version 8 writes this message for users. It names the channel and the reason.
        V0008_GuildChannels.ForeignChannelSqlState => new(nameof(GameDetails.ChannelId), fault.MessageText),
        ForeignImages.SqlState => FieldRefusedException.Image(
            fault.ColumnName == "thumbnail_id" ? nameof(Game.ThumbnailId) : nameof(Game.BannerImageId)),
        _ => null,
    };

    /// <summary>Selects a game from the answer that was kept for a key.</summary>
    public static readonly string Answer =
        // Answers that version 12 has kept do not describe the images.
        $"{GameColumns.Stored}, coalesce(answer->'thumbnail', {ImageAppearance.Of("thumbnail_id", "thumbnail_alt")}) AS thumbnail, "
        + $"coalesce(answer->'banner', {ImageAppearance.Of("banner_image_id", "banner_alt")}) AS banner "
        + "FROM (SELECT user_id, key, fingerprint, answer, (jsonb_populate_record(NULL::game_sessions, answer)).* "
        + "FROM idempotency_keys) AS kept";

    /// <summary>Selects the answer to keep for a key.</summary>
    public static NpgsqlBatchCommand KeepAnswer(Guid id) => new NpgsqlBatchCommand(
        $"SELECT to_jsonb(game) FROM (SELECT {GameColumns.Response} FROM game_sessions WHERE id = @id) AS game").With("id", id);

    /// <summary>Locks a game until the transaction ends, and selects it.</summary>
    public static NpgsqlBatchCommand Lock(Guid id) =>
        new NpgsqlBatchCommand($"SELECT {GameColumns.Stored} FROM game_sessions WHERE id = @id FOR UPDATE").With("id", id);

    public NpgsqlBatchCommand Insert() => WithParameters(
        $"""
        INSERT INTO game_sessions (id, guild_id, {GameColumns.Names}, thumbnail_id, banner_image_id)
        VALUES (@id, @guild_id, {GameColumns.Parameters}, {Thumbnail}, {Banner})
        RETURNING {GameColumns.Response}
        """)
        .With("guild_id", game.GuildId.Value);

    // clock_timestamp() instead of now(): a transaction that waited for the lock must not date its change before the one it waited for.
    public NpgsqlBatchCommand Update() => WithParameters(
        $"""
        UPDATE game_sessions
        SET {GameColumns.Assignments}, thumbnail_id = {Thumbnail}, banner_image_id = {Banner}, updated_at = clock_timestamp()
        WHERE id = @id
        RETURNING {GameColumns.Response}
        """);

    public NpgsqlBatchCommand Delete() => new NpgsqlBatchCommand("DELETE FROM game_sessions WHERE id = @id").With("id", game.Id);

    private string Thumbnail => ImageId("thumbnail", game.ThumbnailId);

    private string Banner => ImageId("banner", game.BannerImageId);

    private string ImageId(string name, Guid? id) => id is { } image && newImages.ContainsKey(image)
        ? $"(SELECT id FROM game_images WHERE content_hash = @{name}_hash AND mime_type = @{name}_type)"
        : $"@{name}";

    private NpgsqlBatchCommand WithParameters(string sql)
    {
        var statement = new NpgsqlBatchCommand(sql).With("id", game.Id).WithColumns(game);
        AddImage(statement, "thumbnail", game.ThumbnailId);
        AddImage(statement, "banner", game.BannerImageId);
        return statement;
    }

    private void AddImage(NpgsqlBatchCommand statement, string name, Guid? id)
    {
        if (id is { } image && newImages.TryGetValue(image, out var key))
            statement.With($"{name}_hash", key.ContentHash.ToDigest()).With($"{name}_type", key.Format.MimeType);
        else
            statement.With(name, id);
    }
}
