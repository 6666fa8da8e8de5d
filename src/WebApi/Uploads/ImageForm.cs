using System.Text;
using System.Text.Json.Nodes;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using Microsoft.AspNetCore.WebUtilities;

namespace GameImages.WebApi.Uploads;

/// <summary>Checks the fields of a form that have arrived before a file. An exception rejects the request.</summary>
public delegate Task CheckFields(JsonObject fields, CancellationToken ct);

/// <summary>Reads a form with fields and images.</summary>
/// <param name="isImage">Whether a part is an image. The others are fields.</param>
/// <param name="maxImages">The number of images that the form may have, at most two: the memory of a body suffices for two.</param>
internal sealed class ImageForm(
    ImageLimits limits, UploadBuffer buffer, Func<FormPart, bool> isImage, int maxImages, CheckFields? checkFieldsAsync)
{
    public const int MaxParts = 32;
    public const int MaxTextBytes = 64 * 1024;

    // The charset of the texts that do not name one (RFC 7578 section 4.6). It is not one of the fields.
    private const string Charset = "_charset_";

    private readonly JsonObject fields = [];
    private readonly HashSet<string> names = [];
    private readonly Dictionary<string, ImageContent> images = [];

    /// <returns>The images by the names of their parts. A part without a file is left out.</returns>
    public async Task<(JsonObject Fields, Dictionary<string, ImageContent> Images)> ReadAsync(MultipartReader reader, CancellationToken ct)
    {
        while (await FormErrors.RunAsync(() => reader.ReadNextSectionAsync(ct)) is { } section)
            await ReadPartAsync(FormPart.Read(section), ct);

        return (fields, images);
    }

    private async Task ReadPartAsync(FormPart part, CancellationToken ct)
    {
        if (!names.Add(part.Name))
            throw part.Invalid("The form contains this field twice.");
        if (names.Count > MaxParts)
            throw new BadHttpRequestException($"The form has too many parts. The limit is {MaxParts}.");

        if (isImage(part))
            await ReadImageAsync(part, ct);
        else if (part.Name == Charset)
            CheckCharset(part, await ReadTextAsync(part, ct));
        else
            fields[part.Name] = await ReadTextAsync(part, ct);
    }

    // The name of the field says that the part is an image. A file name is not required (RFC 7578 section 4.2).
    private async Task ReadImageAsync(FormPart part, CancellationToken ct)
    {
        if (images.Count == maxImages)
            throw part.Invalid($"The form has too many images. The limit is {maxImages}.");
        if (checkFieldsAsync is not null)
            await checkFieldsAsync(fields, ct);

        try
        {
            // If the user has not chosen a file, a browser sends an empty file without a name (HTML, multipart/form-data encoding
            // algorithm), and a script often sends an empty text.
            if (await FormErrors.RunAsync(() => buffer.FindImageAsync(part.Body, limits, !part.IsNamedFile, ct)) is { } image)
                images.Add(part.Name, image);
        }
        catch (ImageRefusedException refused) when (refused.Refusal == ImageRefusal.UnsupportedFormat && !part.HasFileName)
        {
            throw part.Invalid("Expected a file.");
        }
    }

    // A browser sends an empty text for a field that was left empty, and CRLF for a line break, which is one character in the other
    // requests (HTML, multipart/form-data encoding algorithm).
    private async Task<string?> ReadTextAsync(FormPart part, CancellationToken ct)
    {
        var encoding = part.TextEncoding();
        var bytes = await FormErrors.RunAsync(
            () => buffer.ReadTextAsync(part.Body, MaxTextBytes, () => part.Invalid("The text is too long."), ct));

        try
        {
            return bytes.IsEmpty ? null : encoding.GetString(bytes.Span).Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            throw part.Invalid($"The text is not {encoding.WebName.ToUpperInvariant()}.");
        }
    }

    private static void CheckCharset(FormPart part, string? charset)
    {
        if (!TextEncoding.IsUtf8(charset))
            throw part.Invalid("The charset is not supported. Send UTF-8.");
    }
}
