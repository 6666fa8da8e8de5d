namespace GameImages.Testing.Discord.Forms;

/// <summary>Checks URLs. Links have to use HTTP. Images may also refer to a file of the same message.</summary>
internal static class UrlRules
{
    public const string AttachmentScheme = "attachment";

    private static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png", ".webp", ".gif"];

    public static void CheckLink(Field url) => Check(url, "'http', 'https'");

    /// <param name="attachments">The names of the message's files.</param>
    public static void CheckImage(Field url, IReadOnlyCollection<string> attachments)
    {
        if (Check(url, "'http', 'https', 'attachment'", AttachmentScheme) is not { } name)
            return;

        // Discord accepts the message but shows no image. The fake refuses it, because it is a mistake of the bot.
        if (!ImageExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            url.Refuse("URL_TYPE_INVALID_URL", "An attachment in an embed must be a .jpg, .jpeg, .png, .webp or .gif.");
        else if (!attachments.Contains(name))
            url.Refuse("ATTACHMENT_NOT_FOUND", $"The message has no attachment {name}.");
    }

    public static string? AttachmentName(string? url) =>
        url?.StartsWith($"{AttachmentScheme}://", StringComparison.Ordinal) == true ? url[(AttachmentScheme.Length + 3)..] : null;

    /// <returns>The name of the attachment; null when the URL does not refer to one.</returns>
    private static string? Check(Field field, string schemes, string? other = null)
    {
        if (field.Text(2048) is not { Length: > 0 } url)
            return null;
        if (AttachmentName(url) is { } name && other == AttachmentScheme)
            return name;

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || url.Any(char.IsWhiteSpace))
            field.Refuse("URL_TYPE_INVALID_URL", "Not a well formed URL.");
        else if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            field.Refuse("URL_TYPE_INVALID_SCHEME", $"Scheme \"{uri.Scheme}\" is not supported. Scheme must be one of ({schemes}).");

        return null;
    }
}
