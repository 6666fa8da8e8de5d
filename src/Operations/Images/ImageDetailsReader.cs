using System.Data;
using System.Security.Cryptography;
using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>An image row without its bytes.</summary>
/// <param name="ContentHash">64 hexadecimal digits.</param>
/// <param name="Width">In pixels, like the height. Null for an image from version 1 whose header states no size.</param>
/// <param name="QuarantinedAt">When the image was quarantined, because its bytes do not match its hash; otherwise null.</param>
/// <param name="ShownWidth">The width with the orientation applied. Null until the worker has seen the image, like the next three.</param>
/// <param name="DominantColor">For example "#3f7acc".</param>
/// <param name="VariantWidths">The widths of the variants in pixels, the smallest first.</param>
/// <param name="VariantsRefusal">Why the image gets no variants; null if it was not refused.</param>
// Npgsql reports the type of an array as System.Array, with which Dapper finds no constructor by itself.
[method: Dapper.ExplicitConstructor]
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
    DateTime? QuarantinedAt,
    int? ShownWidth,
    int? ShownHeight,
    string? DominantColor,
    bool HasPlaceholder,
    DateTime? VariantsMadeAt,
    string? VariantsRefusal,
    int[] VariantWidths);

/// <summary>A game that shows an image, as its thumbnail, its banner, or both.</summary>
public sealed record ImageUse(Guid GameId, string GuildId, string Title, string Status, DateTime ScheduledAt, bool Thumbnail, bool Banner);

/// <summary>An upload that holds an image until it expires.</summary>
/// <param name="UserId">The claim sub of the member.</param>
/// <param name="GuildId">The guild whose quota counts the image; null if none does.</param>
public sealed record ImageHold(Guid UploadId, string UserId, string? GuildId, DateTime ExpiresAt);

/// <summary>The games and uploads that refer to an image. The lists may be shorter than the numbers.</summary>
/// <param name="Games">The games that show the image, the latest start first.</param>
/// <param name="Uploads">The uploads that hold the image, the latest expiry first.</param>
public sealed record ImageUses(long Total, IReadOnlyList<ImageUse> Games, long TotalUploads, IReadOnlyList<ImageHold> Uploads);

/// <summary>Reads single images for operators.</summary>
public sealed class ImageDetailsReader(OperatorDatabase database)
{
    private const string Columns =
        "id, encode(content_hash, 'hex') AS content_hash, mime_type, byte_length, width, height, reference_count, created_at, updated_at, "
        + "quarantined_at, shown_width, shown_height, '#' || lpad(to_hex(dominant_color), 6, '0') AS dominant_color, "
        + "placeholder IS NOT NULL AS has_placeholder, variants_made_at, variants_refusal, "
        + "ARRAY(SELECT width FROM image_variants WHERE image_id = game_images.id ORDER BY width) AS variant_widths";

    /// <exception cref="NotFoundException">There is no such image.</exception>
    public async Task<ImageDetails> GetAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await GetAsync(connection, id, ct);
    }

    /// <returns>The images that have one of these hashes, with any type.</returns>
    public async Task<IReadOnlyList<ImageDetails>> FindAsync(IEnumerable<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QueryAsync<ImageDetails>(new(
            $"SELECT {Columns} FROM game_images WHERE content_hash = ANY (@digests) ORDER BY content_hash, mime_type",
            new { digests = hashes.Select(hash => hash.ToDigest()).ToArray() },
            cancellationToken: ct));
    }

    /// <param name="limit">The number of games, and of uploads, to return at most.</param>
    /// <exception cref="NotFoundException">There is no such image.</exception>
    /// <exception cref="RefusedException">Row-level security hides games from the role.</exception>
    public async Task<ImageUses> GetUsesAsync(Guid id, int limit, CancellationToken ct)
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
            new { id, limit },
            cancellationToken: ct));
        var uploads = await connection.QueryAsync<ImageHold>(new(
            """
            SELECT id AS upload_id, user_id, guild_id::text, expires_at FROM image_uploads
            WHERE image_id = @id ORDER BY expires_at DESC, id LIMIT @limit
            """,
            new { id, limit },
            cancellationToken: ct));
        var (total, totalUploads) = await connection.QuerySingleAsync<(long, long)>(new(
            """
            SELECT (SELECT count(*) FROM game_sessions WHERE thumbnail_id = @id OR banner_image_id = @id),
                (SELECT count(*) FROM image_uploads WHERE image_id = @id)
            """,
            new { id },
            cancellationToken: ct));
        return new(total, games, totalUploads, uploads);
    }

    /// <summary>Copies the bytes of an image, even if it is in quarantine.</summary>
    /// <returns>Whether the bytes match the hash of the row. If not, they are damaged.</returns>
    /// <exception cref="NotFoundException">There is no such image.</exception>
    public async Task<bool> CopyAsync(ImageDetails image, Stream destination, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT image_data FROM game_images WHERE id = $1", connection)
        {
            Parameters = { new() { Value = image.Id } },
        };
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
        if (!await row.ReadAsync(ct))
            throw NotFound(image.Id);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var bytes = await row.GetStreamAsync(0, ct);
        var buffer = new byte[64 * 1024];

        while (await bytes.ReadAsync(buffer, ct) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await destination.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return $"{ContentHash.FromDigest(hash.GetCurrentHash())}" == image.ContentHash;
    }

    private static async Task<ImageDetails> GetAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        await connection.QuerySingleOrDefaultAsync<ImageDetails>(new(
            $"SELECT {Columns} FROM game_images WHERE id = @id", new { id }, cancellationToken: ct)) ?? throw NotFound(id);

    private static NotFoundException NotFound(Guid id) => new($"There is no image {id}.");
}
