namespace GameImages.Testing.Discord.Messages;

/// <summary>Discord's documentation, "Embed Object".</summary>
public sealed record Embed
{
    public string Type => "rich";
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? Url { get; init; }
    public string? Timestamp { get; init; }
    public int? Color { get; init; }
    public EmbedFooter? Footer { get; init; }
    public EmbedMedia? Image { get; init; }
    public EmbedMedia? Thumbnail { get; init; }
    public EmbedAuthor? Author { get; init; }
    public IReadOnlyList<EmbedField>? Fields { get; init; }

    internal IEnumerable<string> Texts() => new[] { Title, Description, Footer?.Text, Author?.Name }
        .Concat((Fields ?? []).SelectMany(field => new[] { field.Name, field.Value }))
        .OfType<string>();

    internal IEnumerable<string> ImageUrls() => new[] { Image?.Url, Thumbnail?.Url, Footer?.IconUrl, Author?.IconUrl }.OfType<string>();
}

public sealed record EmbedFooter(string Text, string? IconUrl, string? ProxyIconUrl);

public sealed record EmbedAuthor(string Name, string? Url, string? IconUrl, string? ProxyIconUrl);

public sealed record EmbedField(string Name, string Value, bool Inline);

/// <param name="Width">The width in pixels; 0 when the image could not be fetched.</param>
/// <param name="Description">The alt text.</param>
public sealed record EmbedMedia(string Url, string? ProxyUrl, int Width, int Height, string? ContentType, string? Description);
