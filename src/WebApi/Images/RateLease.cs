using System.Threading.RateLimiting;

namespace GameImages.WebApi.Images;

/// <summary>A request's permission or refusal, with the state that its answer tells the client. Nothing is given back when it ends.</summary>
internal sealed class RateLease(RateState state) : RateLimitLease
{
    public RateState State => state;

    public override bool IsAcquired => state.IsAcquired;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    /// <summary>Whole seconds after which the limit has surely given a request back.</summary>
    public int ResetSeconds => (int)Math.Ceiling(state.Reset.TotalSeconds);

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = !IsAcquired && metadataName == MetadataName.RetryAfter.Name ? state.Reset : null;
        return metadata is not null;
    }
}
