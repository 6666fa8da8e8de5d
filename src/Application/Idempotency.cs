using GameImages.Domain.Images;

namespace GameImages.Application;

/// <summary>Identifies a request that its client may repeat: the Idempotency-Key, and a hash of what was requested.</summary>
public sealed record IdempotencyKey(string Key, ContentHash Fingerprint)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The number of answers that are kept for a member. The oldest are forgotten first.</summary>
    public const int MaxKept = 1000;
}

/// <param name="IsReplayed">Whether an earlier request with the same key made the value.</param>
public sealed record Answer<T>(T Value, bool IsReplayed);

/// <summary>An earlier request with the same key is not finished.</summary>
public sealed class RequestInProgressException() : Exception("A request with this Idempotency-Key is in progress. Repeat it later.");

/// <summary>The key belongs to another request.</summary>
public sealed class KeyReusedException() : Exception("The Idempotency-Key belongs to another request. Use a new key.");
