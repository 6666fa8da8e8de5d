using System.Text.Json.Serialization;

namespace GameImages.Bot.Announcements;

/// <summary>The body of "create message" and of "edit message" in version 10 of Discord's API.</summary>
public sealed record DiscordMessage
{
    /// <summary>Empty instead of absent, so that an edit removes any text that the message had.</summary>
    public string Content { get; init; } = "";

    public required IReadOnlyList<Embed> Embeds { get; init; }

    /// <summary>Always sent. Without it, Discord pings everyone whom the content mentions, after an edit too.</summary>
    public AllowedMentions AllowedMentions { get; init; } = AllowedMentions.None;

    /// <summary>At most 25 characters. Discord recognises a repeated post by its nonce.</summary>
    public string? Nonce { get; init; }

    public bool? EnforceNonce { get; init; }

    /// <summary>The files of the message; null leaves the field out of the request.</summary>
    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }
}

/// <param name="Id">The index n of the form's part files[n], which holds the file.</param>
/// <param name="Description">The alt text of an image, at most 1024 characters.</param>
public sealed record MessageAttachment(int Id, string Filename, string? Description);

/// <param name="Parse">The kinds of mentions that ping.</param>
public sealed record AllowedMentions(IReadOnlyList<string> Parse)
{
    public static readonly AllowedMentions None = new([]);
}

public sealed record Embed
{
    public required string Title { get; init; }
    public string? Description { get; init; }

    /// <summary>The RGB colour as one number.</summary>
    public required int Color { get; init; }

    public EmbedAuthor? Author { get; init; }
    public required IReadOnlyList<EmbedField> Fields { get; init; }
    public required EmbedFooter Footer { get; init; }
    public EmbedImage? Thumbnail { get; init; }
    public EmbedImage? Image { get; init; }
}

public sealed record EmbedAuthor(string Name);

/// <param name="Inline">Discord may show the field beside other inline fields.</param>
public sealed record EmbedField(string Name, string Value, bool Inline = false);

public sealed record EmbedFooter(string Text);

/// <param name="Description">
/// The alt text. Discord keeps it since June 2026 (https://github.com/discord/discord-api-docs/issues/8373) but documents no limit. The
/// limit of attachments, 1024 characters, is safe.
/// </param>
public sealed record EmbedImage(string Url, string? Description = null);

[JsonSerializable(typeof(DiscordMessage))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
public sealed partial class DiscordJson : JsonSerializerContext;
