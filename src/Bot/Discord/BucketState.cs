namespace GameImages.Bot.Discord;

/// <summary>The state of a bucket that a response of Discord reports.</summary>
/// <param name="Bucket">The bucket's name; null when Discord does not name it.</param>
/// <param name="Limit">The number of requests in a whole window; null when Discord does not report it.</param>
/// <param name="Remaining">The number of requests that are left in the current window.</param>
/// <param name="ResetAfter">The time until the window ends.</param>
internal sealed record BucketState(string? Bucket, int? Limit, int Remaining, TimeSpan ResetAfter);
