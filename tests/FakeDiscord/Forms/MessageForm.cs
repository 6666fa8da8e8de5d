using System.Text.Json;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Forms;

/// <summary>The result of applying a request to a message (Discord's documentation, "Create Message" and "Edit Message").</summary>
/// <param name="Version">The new version of the message; null when the request is refused.</param>
/// <param name="Refusal">The refusal; null when the request is accepted.</param>
internal sealed record MessageForm(
    MessageVersion? Version,
    DiscordResponse? Refusal,
    string? Nonce,
    bool EnforcesNonce,
    IReadOnlyList<(string Rule, string Message)> Violations)
{
    private const int MaxContent = 2000;
    private const int MaxNonce = 25;
    private const int SuppressEmbeds = 1 << 2;
    private const int SuppressNotifications = 1 << 12;

    private static readonly string[] EditNames = ["content", "embeds", "attachments", "allowed_mentions", "flags"];

    /// <summary>Applies a request. Fields that are absent keep their values.</summary>
    public static MessageForm Apply(
        MessageVersion current,
        RequestBody body,
        bool isNew,
        DateTimeOffset time,
        Func<UploadedFile, string, string?, Attachment> attach)
    {
        var form = new Form();
        var root = new Field(form, "", body.Json);

        if (!root.IsObject(isNew ? [.. EditNames, "tts", "nonce", "enforce_nonce"] : EditNames))
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

        // Texts of an invalid request are not searched for mentions.
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
        var refusal = form.Refusal ?? (next.IsEmpty ? DiscordResponse.EmptyMessage : null);
        return new(refusal is null ? next : null, refusal, nonce, enforces, form.Violations);
    }

    /// <summary>Reads a string or an integer. An integer equals the string with its digits.</summary>
    private static string? ReadNonce(Field nonce)
    {
        if (nonce.Value.ValueKind != JsonValueKind.Number)
            return nonce.Text(MaxNonce) is { Length: > 0 } text ? text : null;

        return nonce.Integer(long.MinValue, long.MaxValue)?.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
