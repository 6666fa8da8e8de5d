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
        var wanted = new SortedDictionary<ImageKey, (Guid? Id, ImageContent? Content)>();

        foreach (var (id, hash, format) in await ReadKeysAsync(ids, ct))
            wanted[new(hash, format)] = (id, null);
        foreach (var content in contents)
            wanted[new(content.Hash, content.Format)] = (null, content);

        // One after the other, in the order of the key: whoever waits for a row holds only rows that come before it, so nobody
        // waits in a ring. That includes waiting for a row that another transaction is just inserting.
        foreach (var (key, (id, content)) in wanted)
        {
            var image = await LockAsync(key, id, content, ct) ?? (content is null ? null : await InsertOrLockAsync(content, ct));

            if (image is not null && locked.All(row => row.Image.Id != image.Id))
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

    // Without a lock: only a repair changes the key of a row, and a row that goes meanwhile is not found by LockAsync.
    private async Task<IEnumerable<(Guid, ContentHash, ImageFormat)>> ReadKeysAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? [] : await Connection.QueryAsync<(Guid, ContentHash, ImageFormat)>(Sql(
            "SELECT id, content_hash, mime_type FROM game_images WHERE id = ANY (@ids)",
            new { ids = ids.ToArray() }, ct));

    // By its id where that is known: a repair may have corrected the type that the row had a moment ago.
    private async Task<GameImage?> LockAsync(ImageKey key, Guid? id, ImageContent? content, CancellationToken ct)
    {
        var row = await Connection.QuerySingleOrDefaultAsync<(Guid Id, ContentHash Hash, ImageFormat Format, int References, bool IsQuarantined)?>(Sql(
            $"""
            SELECT id, content_hash, mime_type, reference_count, quarantined_at IS NOT NULL FROM game_images
            WHERE {(id is null ? "content_hash = @ContentHash AND mime_type = @MimeType" : "id = @id")}
            FOR UPDATE
            """,
            new { key.ContentHash, key.MimeType, id }, ct));

        if (row is not { } found)
            return null;
        if (found.IsQuarantined && content is not null)
            await HealAsync(found.Id, content, ct);

        return new(found.Id, found.Hash, found.Format, found.References);
    }

    // The bytes were found damaged, and here are those that have the hash of the row.
    private Task<int> HealAsync(Guid id, ImageContent content, CancellationToken ct) => Connection.ExecuteAsync(Sql(
        """
        UPDATE game_images
        SET image_data = @bytes, byte_length = @length, width = @Width, height = @Height, quarantined_at = NULL, updated_at = now()
        WHERE id = @id
        """,
        new { id, bytes = content.Bytes, length = content.Bytes.Length, content.Size.Width, content.Size.Height }, ct));

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
