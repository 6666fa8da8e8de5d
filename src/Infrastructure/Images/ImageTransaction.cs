using Dapper;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Images;

internal class ImageTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : IImageTransaction
{
    private readonly List<(GameImage Image, int ReferencesBefore)> locked = [];

    protected NpgsqlConnection Connection { get; } = connection;

    public async Task<LockedImages> LockImagesAsync(IReadOnlyCollection<ImageContent> contents, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var wanted = new SortedDictionary<ImageKey, ImageContent?>();

        foreach (var key in await ReadKeysAsync(ids, ct))
            wanted[key] = null;
        foreach (var content in contents)
            wanted[new(content.Hash, content.Format)] = content;

        // One after the other, in the order of the key: whoever waits for a row holds only rows that come before it, so nobody
        // waits in a ring. That includes waiting for a row that another transaction is just inserting.
        foreach (var (key, content) in wanted)
        {
            var image = await LockAsync(key, ct) ?? (content is null ? null : await InsertOrLockAsync(content, ct));

            if (image is not null)
                locked.Add((image, image.References));
        }

        return new LockedImages([.. locked.Select(row => row.Image)]);
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        await using var writes = new NpgsqlBatch(Connection, transaction);

        // ON DELETE SET NULL looks for games that refer to the row. There are none any more, but by its statistics the planner may still
        // believe that a popular picture is on half of them, and read them all.
        if (locked.Any(row => row.Image.IsUnreferenced))
            writes.BatchCommands.Add(new("SET LOCAL enable_seqscan = off"));

        // Nobody but this transaction, which has held the lock since it read the count, decides that a row may go.
        foreach (var (image, before) in locked)
        {
            if (image.IsUnreferenced)
                writes.BatchCommands.Add(new("DELETE FROM game_images WHERE id = $1") { Parameters = { new() { Value = image.Id } } });
            else if (image.References != before)
                writes.BatchCommands.Add(new("UPDATE game_images SET reference_count = $2, updated_at = now() WHERE id = $1")
                {
                    Parameters = { new() { Value = image.Id }, new() { Value = image.References } },
                });
        }

        if (writes.BatchCommands.Count > 0)
            await writes.ExecuteNonQueryAsync(ct);

        await transaction.CommitToTheEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    protected CommandDefinition Sql(string sql, object parameters, CancellationToken ct) => new(sql, parameters, transaction, cancellationToken: ct);

    // Without a lock: the key of a row never changes, and a row that goes meanwhile is not found by LockAsync.
    private async Task<IEnumerable<ImageKey>> ReadKeysAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? [] : await Connection.QueryAsync<ImageKey>(Sql(
            "SELECT content_hash, mime_type FROM game_images WHERE id = ANY (@ids)",
            new { ids = ids.ToArray() }, ct));

    private async Task<GameImage?> LockAsync(ImageKey key, CancellationToken ct)
    {
        var row = await Connection.QuerySingleOrDefaultAsync<(Guid Id, int References)?>(Sql(
            "SELECT id, reference_count FROM game_images WHERE content_hash = @ContentHash AND mime_type = @MimeType FOR UPDATE",
            key, ct));

        return row is { } found ? new(found.Id, key.ContentHash, key.MimeType, found.References) : null;
    }

    private async Task<GameImage> InsertOrLockAsync(ImageContent content, CancellationToken ct)
    {
        try
        {
            // DO UPDATE rather than DO NOTHING: it waits for, locks and returns the row that another game stored first. FOR UPDATE
            // cannot lock a row that does not exist yet.
            var (id, references) = await Connection.QuerySingleAsync<(Guid, int)>(Sql(
                """
                INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height)
                VALUES (@Hash, @Format, @bytes, @length, @Width, @Height)
                ON CONFLICT (content_hash, mime_type) DO UPDATE SET reference_count = game_images.reference_count
                RETURNING id, reference_count
                """,
                new { content.Hash, content.Format, bytes = content.Bytes, length = content.Bytes.Length, content.Size.Width, content.Size.Height }, ct));

            return new(id, content.Hash, content.Format, references);
        }
        catch (PostgresException blocked) when (blocked.SqlState == V0004_BlockAndQuarantine.BlockedSqlState)
        {
            throw ImageRefusedException.Blocked();
        }
    }
}
