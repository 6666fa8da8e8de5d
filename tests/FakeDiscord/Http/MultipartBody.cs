using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GameImages.Testing.Discord.Http;

/// <summary>
/// Reads a form (Discord's documentation, "Uploading Files"). The part payload_json has the JSON, and each part files[n] a file.
/// </summary>
internal static partial class MultipartBody
{
    public static async Task<RequestBody> ReadAsync(byte[] bytes, string boundary, int maxFileBytes, CancellationToken ct)
    {
        var json = "{}"u8.ToArray();
        var files = new List<UploadedFile>();
        var unknown = new List<string>();

        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(bytes));

            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                var content = new MemoryStream();
                await section.Body.CopyToAsync(content, ct);

                var disposition = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var parsed) ? parsed : null;
                var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? "").ToString();

                if (name == "payload_json")
                    json = content.ToArray();
                else if (FilePart().Match(name) is { Success: true } match && FileName(disposition!) is { Length: > 0 } fileName)
                    files.Add(new(Number(match), fileName, section.ContentType ?? "application/octet-stream", content.ToArray()));
                else
                    unknown.Add(name);
            }
        }
        catch (Exception malformed) when (malformed is IOException or InvalidDataException or ArgumentException)
        {
            return RequestBody.Refused(DiscordResponse.Error(400, 0, "400: Bad Request"));
        }

        return files.Exists(file => file.Bytes.Length > maxFileBytes)
            ? RequestBody.Refused(DiscordResponse.TooLarge)
            : RequestBody.Read(json, files, unknown);
    }

    private static int Number(Match part) => int.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string FileName(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();

    [GeneratedRegex(@"^files\[([0-9]{1,3})\]$")]
    private static partial Regex FilePart();
}
