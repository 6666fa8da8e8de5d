using System.Data;
using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// Reads image rows as the public role. A statement holds a connection only while it runs, so a slow client holds none.
/// </summary>
internal sealed class PublicImageReader(PublicDatabase database, RetryPipeline retry)
{
    private static readonly Statements Originals = new(
        "game_images AS content WHERE id = $1 AND quarantined_at IS NULL", "", parameters: 1);

    // A variant is as visible as its image. Other bytes may replace it between two reads of parts, but these have another hash.
    private static readonly Statements Variants = new(
        "image_variants AS content JOIN game_images ON id = image_id "
        + "WHERE image_id = $1 AND content.width = $2 AND quarantined_at IS NULL",
        " AND content.content_hash = $5", parameters: 2);

    /// <param name="maxContentBytes">
    /// The first piece of the content is read too if the whole content is not longer than this. A negative number reads no content.
    /// </param>
    /// <returns>Null when there is no such image.</returns>
    public async Task<PublicImageRow?> FindAsync(PublicImageKey key, int maxContentBytes, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var command = Command(connection, key);
        command.CommandText = maxContentBytes < 0 ? Of(key).Find : Of(key).FindWithContent;
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

    /// <summary>Reads a part of the content, and retries if the connection is lost.</summary>
    /// <exception cref="NotFoundException">The image was deleted, changed or found damaged meanwhile.</exception>
    public Task<byte[]> ReadAsync(PublicImage image, int from, int count, CancellationToken ct) =>
        retry.RunAsync(() => ReadOnceAsync(image, from, count, ct), ct);

    private async Task<byte[]> ReadOnceAsync(PublicImage image, int from, int count, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var command = Command(connection, image.Key);
        command.CommandText = Of(image.Key).Read;
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from + 1 });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        if (image.Key.IsVariant)
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = image.Hash.ToDigest() });

        return await connection.RunAsync(async () =>
        {
            await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
            return await row.ReadAsync(ct)
                ? await ReadBytesAsync(row, 0, count, ct)
                : throw new NotFoundException($"There is no image {image.Key.ImageId} any more.");
        });
    }

    private static Statements Of(PublicImageKey key) => key.IsVariant ? Variants : Originals;

    private static NpgsqlCommand Command(NpgsqlConnection connection, PublicImageKey key)
    {
        var command = connection.CreateCommand();
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.ImageId });
        if (key.IsVariant)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = key.Width });

        return command;
    }

    // The stream copies the bytes from the driver's buffer into the array. Read as a value, the column would be copied once more.
    private static async Task<byte[]> ReadBytesAsync(NpgsqlDataReader row, int column, int count, CancellationToken ct)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        await using var content = await row.GetStreamAsync(column, ct);
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    /// <param name="parameters">The number of parameters of <paramref name="from"/>. The statements add theirs.</param>
    private sealed class Statements(string from, string sameBytes, int parameters)
    {
        public string Find { get; } = $"SELECT content.mime_type, content.content_hash, content.byte_length FROM {from}";

        public string FindWithContent { get; } =
            $"""
            SELECT content.mime_type, content.content_hash, content.byte_length,
                CASE WHEN content.byte_length <= ${parameters + 1}
                    THEN substring(content.image_data FROM 1 FOR {CachedImage.PieceBytes}) END
            FROM {from}
            """;

        public string Read { get; } =
            $"SELECT substring(content.image_data FROM ${parameters + 1} FOR ${parameters + 2}) FROM {from}{sameBytes}";
    }
}

/// <param name="FirstPiece">Null when it was not requested, or the content is too long.</param>
internal sealed record PublicImageRow(ImageFormat Format, ContentHash Hash, int ByteLength, byte[]? FirstPiece);
