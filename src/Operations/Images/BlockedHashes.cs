using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <param name="BlockedBy">The role that was logged in.</param>
public sealed record BlockedHash(ContentHash ContentHash, string? Reason, string BlockedBy, DateTime BlockedAt);

/// <summary>The images that the service does not store, by the hash of their bytes.</summary>
public sealed class BlockedHashes(OperatorDatabase database)
{
    // In characters, as the database counts them.
    private const int ReasonMaxLength = 1000;

    /// <exception cref="InvalidInputException">The reason is too long.</exception>
    public static void CheckReason(string? reason)
    {
        if (reason?.EnumerateRunes().Count() > ReasonMaxLength)
            throw new InvalidInputException($"A reason has at most {ReasonMaxLength} characters.");
    }

    /// <returns>All blocked hashes, the latest first.</returns>
    public async Task<IReadOnlyList<BlockedHash>> ListAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QueryAsync<BlockedHash>(new(
            "SELECT content_hash, reason, blocked_by, blocked_at FROM blocked_hashes ORDER BY blocked_at DESC, content_hash",
            cancellationToken: ct));
    }

    /// <returns>Those of the hashes that are blocked, in hexadecimal digits.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(IEnumerable<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QueryAsync<string>(new(
            "SELECT encode(content_hash, 'hex') FROM blocked_hashes WHERE content_hash = ANY (@digests)",
            new { digests = hashes.Select(hash => hash.ToDigest()).ToArray() },
            cancellationToken: ct));
    }

    /// <summary>Allows images to be stored again. It unblocks all of the hashes, or none.</summary>
    /// <exception cref="NotFoundException">One of the hashes is not blocked.</exception>
    public async Task UnblockAsync(IReadOnlyCollection<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var unblocked = await connection.QueryAsync<ContentHash>(new(
            "DELETE FROM blocked_hashes WHERE content_hash = ANY (@digests) RETURNING content_hash",
            new { digests = hashes.Select(hash => hash.ToDigest()).ToArray() },
            transaction,
            cancellationToken: ct));

        if (hashes.Except(unblocked).ToList() is [var unknown, ..])
            throw new NotFoundException($"{unknown} is not blocked.");

        await transaction.CommitToTheEndAsync();
    }

    /// <summary>Blocks the hashes. A reason replaces an earlier one.</summary>
    internal static async Task AddAsync(
        IEnumerable<ContentHash> hashes, string? reason, NpgsqlTransaction transaction, CancellationToken ct)
    {
        // All operators block in the same order, so two of them cannot deadlock.
        foreach (var hash in hashes.Order())
        {
            // The lock protects the set of blocked hashes: without it, a request that has just found the hash unblocked could insert the
            // image after the purge. It is held until the commit. This transaction waits for requests that are inserting the image. A
            // request that comes later waits for this transaction, and is then refused.
            await transaction.Connection!.ExecuteAsync(new(
                """
                SELECT pg_advisory_xact_lock(blocked_hash_lock(@hash));
                INSERT INTO blocked_hashes (content_hash, reason) VALUES (@hash, @reason)
                ON CONFLICT (content_hash) DO UPDATE SET reason = coalesce(excluded.reason, blocked_hashes.reason)
                """,
                new { hash, reason },
                transaction,
                cancellationToken: ct));
        }
    }
}
