using System.Data;
using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// Reads image rows as the public role. A statement holds a connection only while it runs, so a slow client holds none.
/// </summary>
internal sealed class PublicImageReader(PublicDatabase database, RetryPipeline retry)
{
    /// <param name="maxContentBytes">
    /// The first piece of the content is read too if the whole content is not longer than this. A negative number reads no content.
    /// </param>
    /// <returns>Null when there is no such image.</returns>
    public async Task<PublicImageRow?> FindAsync(Guid id, int maxContentBytes, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = maxContentBytes < 0
            ? "SELECT mime_type, content_hash, byte_length FROM game_images WHERE id = $1 AND quarantined_at IS NULL"
            : $"""
              SELECT mime_type, content_hash, byte_length,
                  CASE WHEN byte_length <= $2 THEN substring(image_data FROM 1 FOR {CachedImage.PieceBytes}) END
              FROM game_images WHERE id = $1 AND quarantined_at IS NULL
              """;
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        if (maxContentBytes >= 0)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = maxContentBytes });

        return await connection.RunAsync(async () =>
        {
            await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
            if (!await row.ReadAsync(ct))
                return null;

            var format = ImageFormat.FromMimeType(await row.GetFieldValueAsync<string>(0, ct));
            var hash = ContentHash.FromDigest(await row.GetFieldValueAsync<byte[]>(1, ct));
            var byteLength = await row.GetFieldValueAsync<int>(2, ct);
            var first = maxContentBytes < byteLength
                ? null
                : await ReadBytesAsync(row, 3, Math.Min(byteLength, CachedImage.PieceBytes), ct);
            return new PublicImageRow(format, hash, byteLength, first);
        });
    }

    /// <summary>
    /// Reads a part of the content, and retries if the connection is lost. The bytes of an image never change, so parts that were read
    /// over different connections fit together.
    /// </summary>
    /// <exception cref="NotFoundException">The image was deleted or found damaged meanwhile.</exception>
    public Task<byte[]> ReadAsync(Guid id, int from, int count, CancellationToken ct) =>
        retry.RunAsync(() => ReadOnceAsync(id, from, count, ct), ct);

    private async Task<byte[]> ReadOnceAsync(Guid id, int from, int count, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT substring(image_data FROM $2 FOR $3) FROM game_images WHERE id = $1 AND quarantined_at IS NULL";
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from + 1 });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });

        return await connection.RunAsync(async () =>
        {
            await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
            return await row.ReadAsync(ct)
                ? await ReadBytesAsync(row, 0, count, ct)
                : throw new NotFoundException($"There is no image {id} any more.");
        });
    }

    // The stream copies the bytes from the driver's buffer into the array. Read as a value, the column would be copied once more.
    private static async Task<byte[]> ReadBytesAsync(NpgsqlDataReader row, int column, int count, CancellationToken ct)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        await using var content = await row.GetStreamAsync(column, ct);
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}

/// <param name="FirstPiece">Null when it was not requested, or the content is too long.</param>
internal sealed record PublicImageRow(ImageFormat Format, ContentHash Hash, int ByteLength, byte[]? FirstPiece);
