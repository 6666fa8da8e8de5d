using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Forms;

/// <summary>
/// Applies the field "attachments" (Discord's documentation, "Attachment Object"). It lists the attachments that stay and the files that
/// are added. Without the field, all attachments stay and all files are added.
/// </summary>
internal static class AttachmentRules
{
    /// <summary>The longest alt text.</summary>
    public const int MaxDescription = 1024;

    private const int MaxAttachments = 10;

    private static readonly string[] Names =
    [
        "id", "filename", "title", "description", "content_type", "size", "url", "proxy_url", "height", "width", "ephemeral",
    ];

    public static IReadOnlyList<Attachment> Apply(
        Field given,
        IReadOnlyList<UploadedFile> files,
        IReadOnlyList<Attachment> current,
        Func<UploadedFile, string, string?, Attachment> attach)
    {
        if (!given.IsPresent)
        {
            if (files.Count > 0 && current.Count > 0)
                given.Form.Violations.Add(("attachments", "An edit with files has to list the attachments that stay."));

            return [.. current, .. files.Select(file => attach(file, file.Name, null))];
        }

        var kept = new List<Attachment>();
        var listed = new HashSet<long>();

        foreach (var item in given.Items(MaxAttachments))
        {
            if (!item.IsObject(Names) || item["id"].Id() is not { } id)
            {
                item.Require(item.HasValue);
                continue;
            }

            listed.Add(id);
            var name = item["filename"].Text(1024);
            var description = item["description"].Text(MaxDescription);

            if (current.FirstOrDefault(attachment => attachment.Id == id) is { } stays)
                kept.Add(stays);
            else if (files.FirstOrDefault(file => file.Number == id) is { } file)
                kept.Add(attach(file, name.Length > 0 ? name : file.Name, description.Length > 0 ? description : null));
            else
                item["id"].Refuse("ATTACHMENT_NOT_FOUND", $"There is neither an attachment nor a file {id}.");
        }

        foreach (var file in files.Where(file => !listed.Contains(file.Number)))
            given.Form.Violations.Add(("attachments", $"files[{file.Number}] is not listed."));

        return kept;
    }
}
