namespace GameImages.Testing.Discord.Messages;

/// <summary>
/// The content of a message from this time on. Texts are trimmed as Discord trims them. The URLs of images are those of the request.
/// </summary>
public sealed record MessageVersion(
    DateTimeOffset Time,
    string Content,
    IReadOnlyList<Embed> Embeds,
    IReadOnlyList<Attachment> Attachments,
    long Flags)
{
    internal static readonly MessageVersion Empty = new(default, "", [], [], 0);

    internal bool IsEmpty => Content.Length == 0 && Embeds.Count == 0 && Attachments.Count == 0;
}
