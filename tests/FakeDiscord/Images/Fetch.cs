namespace GameImages.Testing.Discord.Images;

/// <summary>What Discord knows about an image that it has fetched.</summary>
internal sealed record Media(int Width, int Height, string? ContentType);

/// <summary>One fetch of an image.</summary>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Headers">Of the answer.</param>
/// <param name="Failure">Why the image would not be shown; null when it would.</param>
public sealed record Fetch(
    string Url,
    DateTimeOffset Time,
    int? Status,
    string? ContentType,
    long Bytes,
    IReadOnlyDictionary<string, string> Headers,
    string? Failure)
{
    internal Media? Media { get; init; }
}
