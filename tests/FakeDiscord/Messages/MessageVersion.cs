namespace GameImages.Testing.Discord.Messages;

/// <summary>What a message showed from this time on, trimmed as Discord trims it; the URLs of images are as they were sent.</summary>
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
