using GameImages.Application.Images;

namespace GameImages.Operations.Images;

/// <summary>A party that may still show a purged image, because it has a copy.</summary>
/// <param name="HowLong">How long it may show the image, in words.</param>
/// <param name="MaxSeconds">How long at most; null if that is not known.</param>
public sealed record ImageHolder(string Who, string HowLong, int? MaxSeconds)
{
    /// <returns>The holders of the deleted images; none if no image was deleted.</returns>
    public static IReadOnlyList<ImageHolder> Of(Purge purge) => purge.Images.Count == 0 ? [] :
    [
        new("this service", "no longer", 0),
        new(
            "browsers and proxies",
            $"{PublicImage.ClientCacheTime.TotalMinutes} minutes at most (max-age={PublicImage.ClientCacheTime.TotalSeconds})",
            (int)PublicImage.ClientCacheTime.TotalSeconds),
        new("Discord", "each message until it is edited or deleted, and its media proxy as long as it likes", null),
    ];
}
