using GameImages.Application;
using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Operations.Images;

/// <param name="BlockedBy">The role that logged in to do it.</param>
public sealed record BlockedHash(ContentHash ContentHash, string? Reason, string BlockedBy, DateTime BlockedAt);

/// <summary>The pictures that are never stored again, by the hash of their bytes.</summary>
public sealed class BlockedHashes(OperatorDatabase database)
{
    /// <summary>In characters, as the database counts them.</summary>
    public const int ReasonMaxLength = 1000;

    /// <returns>All of them, the latest first.</returns>
    public async Task<IReadOnlyList<BlockedHash>> ListAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QueryAsync<BlockedHash>(new(
            "SELECT content_hash, reason, blocked_by, blocked_at FROM blocked_hashes ORDER BY blocked_at DESC, content_hash",
            cancellationToken: ct));
    }

    /// <summary>Lets the pictures be stored again: all of them, or none.</summary>
    /// <exception cref="NotFoundException">One of them is not blocked.</exception>
    public async Task UnblockAsync(IReadOnlyCollection<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var unblocked = await connection.QueryAsync<ContentHash>(new(
            "DELETE FROM blocked_hashes WHERE content_hash = ANY (@digests) RETURNING content_hash",
            new { digests = hashes.Select(hash => hash.ToDigest()).ToArray() }, transaction, cancellationToken: ct));

        if (hashes.Except(unblocked).ToList() is [var unknown, ..])
            throw new NotFoundException($"{unknown} is not blocked.");

        await transaction.CommitToTheEndAsync();
    }

    /// <summary>Blocks the hashes for whoever comes after the transaction; a reason replaces an earlier one.</summary>
    internal static async Task AddAsync(
        IEnumerable<ContentHash> hashes,
        string? reason,
        NpgsqlTransaction transaction,
        CancellationToken ct)
    {
        // In one order, so that two operators never wait for each other.
        foreach (var hash in hashes.Order())
        {
            // The lock waits for everybody who is inserting the picture right now; whoever comes later waits for this transaction.
            await transaction.Connection!.ExecuteAsync(new(
                """
                SELECT pg_advisory_xact_lock(blocked_hash_lock(@hash));
                INSERT INTO blocked_hashes (content_hash, reason) VALUES (@hash, @reason)
                ON CONFLICT (content_hash) DO UPDATE SET reason = coalesce(excluded.reason, blocked_hashes.reason)
                """,
                new { hash, reason }, transaction, cancellationToken: ct));
        }
    }
}
