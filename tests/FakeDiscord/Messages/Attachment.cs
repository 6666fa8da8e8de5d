using System.Text.Json.Serialization;

namespace GameImages.Testing.Discord.Messages;

/// <summary>A file of a message.</summary>
/// <param name="Url">Signed, as Discord's are.</param>
/// <param name="Width">In pixels; null unless it is an image.</param>
public sealed record Attachment(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] long Id,
    string Filename, string? Description, string ContentType, int Size, string Url, string ProxyUrl, int? Width, int? Height)
{
    [JsonIgnore]
    public ReadOnlyMemory<byte> Bytes { get; init; }
}
