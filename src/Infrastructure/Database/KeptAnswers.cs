using GameImages.Application;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>The answers to requests with an Idempotency-Key. An answer is kept by the transaction that makes the change.</summary>
internal static class KeptAnswers
{
    /// <summary>Begins a transaction that reserves the key until it ends, and finds the answer of an earlier request.</summary>
    /// <param name="answer">Selects the columns of the answer from the jsonb column answer, as an item of FROM.</param>
    /// <returns>Null if there is no answer.</returns>
    /// <exception cref="RequestInProgressException">Another transaction has reserved the key.</exception>
    /// <exception cref="KeyReusedException">The answer belongs to another request.</exception>
    public static async Task<T?> BeginAsync<T>(
        NpgsqlConnection connection, CallerSettings caller, IdempotencyKey key, string answer, CancellationToken ct)
        where T : class
    {
        // The lock is held until the answer of the first request can be seen, or will never be.
        await using var batch = connection.Batch(
            new NpgsqlBatchCommand("BEGIN"),
            caller.Statement(),
            Of("SELECT pg_try_advisory_xact_lock(hashtextextended(format('key %L of %L', @key, @user), 0))", caller, key),
            Of("DELETE FROM idempotency_keys WHERE user_id = @user AND key = @key AND expires_at <= now()", caller, key),
            Of("SELECT fingerprint = @fingerprint FROM idempotency_keys WHERE user_id = @user AND key = @key", caller, key)
                .With("fingerprint", key.Fingerprint.ToDigest()),
            Of($"SELECT {answer} WHERE user_id = @user AND key = @key AND fingerprint = @fingerprint", caller, key)
                .With("fingerprint", key.Fingerprint.ToDigest()));
        return await batch.ReadAsync(
            async reader =>
            {
                await reader.NextResultAsync(ct);
                var isReserved = (await reader.RowsAsync<bool>(ct)).Single();
                var isSameRequest = (await reader.RowsAsync<bool>(ct)).SingleOrDefault(true);
                var kept = (await reader.RowsAsync<T>(ct)).SingleOrDefault();

                if (!isReserved)
                    throw new RequestInProgressException();

                return isSameRequest ? kept : throw new KeyReusedException();
            },
            ct);
    }

    /// <summary>Keeps an answer, and forgets the oldest ones of the member if there are too many.</summary>
    /// <param name="answer">Selects one jsonb value.</param>
    public static IEnumerable<NpgsqlBatchCommand> Keep(CallerSettings caller, IdempotencyKey key, NpgsqlBatchCommand answer)
    {
        answer.CommandText =
            $"""
            INSERT INTO idempotency_keys (user_id, key, fingerprint, expires_at, answer)
            SELECT @user, @key, @fingerprint, now() + @lifetime, ({answer.CommandText})
            """;
        answer.With("user", caller.UserId).With("key", key.Key).With("fingerprint", key.Fingerprint.ToDigest())
            .With("lifetime", IdempotencyKey.Lifetime);
        return
        [
            answer,
            new NpgsqlBatchCommand(
                """
                DELETE FROM idempotency_keys WHERE user_id = @user AND created_at <= (
                    SELECT created_at FROM idempotency_keys WHERE user_id = @user ORDER BY created_at DESC OFFSET @kept LIMIT 1)
                """)
                .With("user", caller.UserId).With("kept", IdempotencyKey.MaxKept),
        ];
    }

    /// <summary>Forgets some expired answers of all members.</summary>
    public static NpgsqlBatchCommand DeleteExpired(int limit) => new NpgsqlBatchCommand(
        """
        DELETE FROM idempotency_keys WHERE (user_id, key) IN (
            SELECT user_id, key FROM idempotency_keys WHERE expires_at <= now() ORDER BY expires_at LIMIT @limit)
        """)
        .With("limit", limit);

    private static NpgsqlBatchCommand Of(string sql, CallerSettings caller, IdempotencyKey key) =>
        new NpgsqlBatchCommand(sql).With("user", caller.UserId).With("key", key.Key);
}
