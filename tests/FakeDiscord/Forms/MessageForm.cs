using System.Text.Json;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Forms;

/// <summary>Discord's documentation, "Create Message" and "Edit Message": what a request makes of a message.</summary>
/// <param name="Version">Null when the request is refused.</param>
/// <param name="Refusal">Null when it is not.</param>
internal sealed record MessageForm(
    MessageVersion? Version,
    Answer? Refusal,
    string? Nonce,
    bool EnforcesNonce,
    IReadOnlyList<(string Rule, string Message)> Violations)
{
    private const int MaxContent = 2000;
    private const int MaxNonce = 25;
    private const int SuppressEmbeds = 1 << 2;
    private const int SuppressNotifications = 1 << 12;

    /// <summary>Only what is given changes.</summary>
    public static MessageForm Apply(
        MessageVersion current,
        RequestBody body,
        bool isNew,
        DateTimeOffset time,
        Func<UploadedFile, string, string?, Attachment> attach)
    {
        var form = new Form();
        var root = new Field(form, "", body.Json);

        if (!(isNew
            ? root.IsObject("content", "embeds", "attachments", "allowed_mentions", "flags", "tts", "nonce", "enforce_nonce")
            : root.IsObject("content", "embeds", "attachments", "allowed_mentions", "flags")))
        {
            root.Require(root.HasValue);
            return new(null, form.Refusal, null, false, form.Violations);
        }

        foreach (var part in body.UnknownParts)
            form.Violations.Add(("form part", part));

        var content = root["content"].Text(MaxContent);
        var flags = root["flags"].Integer(0, long.MaxValue) ?? current.Flags;
        root["tts"].Flag();
        if ((flags & ~(SuppressEmbeds | SuppressNotifications)) != 0)
            form.Violations.Add(("unknown field", $"flags {flags}"));

        var attachments = AttachmentRules.Apply(root["attachments"], body.Files, current.Attachments, attach);
        EmbedRules.Check(root["embeds"], [.. attachments.Select(attachment => attachment.Filename)]);
        var nonce = ReadNonce(root["nonce"]);
        var enforces = root["enforce_nonce"].Flag();

        // What is malformed has no texts to look for mentions in.
        var embeds = form.IsValid && root["embeds"].HasValue ? root["embeds"].Value.Deserialize<Embed[]>(DiscordJson.Read)! : [];
        MentionRules.Check(root["allowed_mentions"], embeds.SelectMany(embed => embed.Texts()).Prepend(content));

        var next = current with
        {
            Time = time,
            Flags = flags,
            Content = root["content"].IsPresent ? content : current.Content,
            Embeds = root["embeds"].IsPresent ? embeds : current.Embeds,
            Attachments = attachments,
        };
        var refusal = form.Refusal ?? (next.IsEmpty ? Answer.EmptyMessage : null);
        return new(refusal is null ? next : null, refusal, nonce, enforces, form.Violations);
    }

    /// <summary>A string or an integer, and both count alike.</summary>
    private static string? ReadNonce(Field nonce)
    {
        if (nonce.Value.ValueKind != JsonValueKind.Number)
            return nonce.Text(MaxNonce) is { Length: > 0 } text ? text : null;

        return nonce.Integer(long.MinValue, long.MaxValue)?.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
