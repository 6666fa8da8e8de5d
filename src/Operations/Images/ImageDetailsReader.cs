using System.Data;
using System.Security.Cryptography;
using GameImages.Application;
using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>An image row without its bytes.</summary>
/// <param name="ContentHash">64 hexadecimal digits.</param>
/// <param name="Width">In pixels, as the height; null for a picture of version 1 whose header states none.</param>
/// <param name="QuarantinedAt">Since when it is not served because its bytes do not fit its hash; null when they do.</param>
public sealed record ImageDetails(
    Guid Id,
    string ContentHash,
    string MimeType,
    int ByteLength,
    int? Width,
    int? Height,
    int ReferenceCount,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    DateTime? QuarantinedAt);

/// <summary>A game that shows an image.</summary>
/// <param name="Thumbnail">As its thumbnail; as its banner, or both, likewise.</param>
public sealed record ImageUse(Guid GameId, string GuildId, string Title, string Status, DateTime ScheduledAt, bool Thumbnail, bool Banner);

/// <summary>Looks single pictures up, for operators.</summary>
public sealed class ImageDetailsReader(OperatorDatabase database)
{
    private const string Details = "id, encode(content_hash, 'hex') AS content_hash, mime_type, byte_length, width, height, reference_count, created_at, updated_at, quarantined_at";

    /// <exception cref="NotFoundException">There is no such image.</exception>
    public async Task<ImageDetails> GetAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await GetAsync(connection, id, ct);
    }

    /// <returns>The images that have one of these hashes, under whichever type.</returns>
    public async Task<IReadOnlyList<ImageDetails>> FindAsync(IEnumerable<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QueryAsync<ImageDetails>(new(
            $"SELECT {Details} FROM game_images WHERE content_hash = ANY (@digests) ORDER BY content_hash, mime_type",
            new { digests = hashes.Select(hash => hash.ToDigest()).ToArray() }, cancellationToken: ct));
    }

    /// <returns>Those of these hashes that are blocked.</returns>
    public async Task<IReadOnlyList<string>> FindBlockedAsync(IEnumerable<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QueryAsync<string>(new(
            "SELECT encode(content_hash, 'hex') FROM blocked_hashes WHERE content_hash = ANY (@digests)",
            new { digests = hashes.Select(hash => hash.ToDigest()).ToArray() }, cancellationToken: ct));
    }

    /// <param name="limit">How many to return at most.</param>
    /// <returns>The games that show the image, the latest start first, and how many there are.</returns>
    /// <exception cref="NotFoundException">There is no such image.</exception>
    /// <exception cref="RefusedException">Row security would hide some of them.</exception>
    public async Task<(IReadOnlyList<ImageUse> Games, long Total)> GetUsesAsync(Guid id, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await GetAsync(connection, id, ct);

        var games = await connection.QueryAsync<ImageUse>(new(
            """
            SELECT id AS game_id, guild_id::text, title, status, scheduled_at,
                thumbnail_id IS NOT DISTINCT FROM @id AS thumbnail, banner_image_id IS NOT DISTINCT FROM @id AS banner
            FROM game_sessions
            WHERE thumbnail_id = @id OR banner_image_id = @id
            ORDER BY scheduled_at DESC, id DESC
            LIMIT @limit
            """,
            new { id, limit }, cancellationToken: ct));
        var total = await connection.QuerySingleAsync<long>(new(
            "SELECT count(*) FROM game_sessions WHERE thumbnail_id = @id OR banner_image_id = @id", new { id }, cancellationToken: ct));
        return (games, total);
    }

    /// <summary>Copies the bytes of an image, whether or not it is in quarantine.</summary>
    /// <returns>The hash of what was copied, which is the one of the row unless the bytes are damaged.</returns>
    /// <exception cref="NotFoundException">There is no such image.</exception>
    public async Task<ContentHash> CopyAsync(Guid id, Stream destination, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT image_data FROM game_images WHERE id = $1", connection)
        {
            Parameters = { new() { Value = id } },
        };
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);

        if (!await row.ReadAsync(ct))
            throw NotFound(id);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var bytes = await row.GetStreamAsync(0, ct);
        var buffer = new byte[64 * 1024];

        while (await bytes.ReadAsync(buffer, ct) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await destination.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return ContentHash.FromDigest(hash.GetCurrentHash());
    }

    private static async Task<ImageDetails> GetAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        await connection.QuerySingleOrDefaultAsync<ImageDetails>(
            new($"SELECT {Details} FROM game_images WHERE id = @id", new { id }, cancellationToken: ct)) ?? throw NotFound(id);

    private static NotFoundException NotFound(Guid id) => new($"There is no image {id}.");
}
