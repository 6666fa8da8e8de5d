namespace GameImages.Testing.Discord.Images;

/// <summary>The size and the type of a fetched image.</summary>
internal sealed record Media(int Width, int Height, string? ContentType);

/// <summary>One fetch of an image.</summary>
/// <param name="Status">The status of the response; null when there is none.</param>
/// <param name="Headers">The headers of the response.</param>
/// <param name="Failure">Why Discord would not show the image; null when it would.</param>
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
