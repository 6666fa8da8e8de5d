using System.Text.Json.Serialization;

namespace GameImages.Testing.Discord.Messages;

/// <summary>A file of a message.</summary>
/// <param name="Url">The signed URL, like Discord's.</param>
/// <param name="Width">The width in pixels; null when the file is not an image.</param>
public sealed record Attachment(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] long Id,
    string Filename,
    string? Description,
    string ContentType,
    int Size,
    string Url,
    string ProxyUrl,
    int? Width,
    int? Height)
{
    [JsonIgnore]
    public ReadOnlyMemory<byte> Bytes { get; init; }
}
