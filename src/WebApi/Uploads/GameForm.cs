using GameImages.WebApi.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using GameImages.Domain.Images.Formats;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Uploads;

/// <summary>Checks the fields of a form that have arrived before a file. An exception rejects the request.</summary>
public delegate Task CheckFields(JsonObject fields, CancellationToken ct);

/// <summary>Reads a form with the fields of a game, a thumbnail and a banner.</summary>
internal sealed class GameForm(ImageLimits limits, UploadBuffer buffer, CheckFields? checkFieldsAsync)
{
    public const int MaxParts = 32;
    public const int MaxTextBytes = 64 * 1024;

    private readonly JsonObject fields = [];
    private readonly HashSet<string> names = [];
    private GameFiles files = new();

    public async Task<(JsonObject Fields, GameFiles Files)> ReadAsync(MultipartReader reader, CancellationToken ct)
    {
        while (await FormErrors.RunAsync(() => reader.ReadNextSectionAsync(ct)) is { } part)
            await ReadPartAsync(part, ct);

        return (fields, files);
    }

    private async Task ReadPartAsync(MultipartSection part, CancellationToken ct)
    {
        var disposition = part.GetContentDispositionHeader();
        var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value;

        if (string.IsNullOrEmpty(name))
            throw new BadHttpRequestException("A part of the form has no name.");
        if (!names.Add(name))
            throw Invalid(name, "The form contains this field twice.");
        if (names.Count > MaxParts)
            throw new BadHttpRequestException($"The form has too many parts. The limit is {MaxParts}.");

        // A part with an empty file name is a file, too.
        var isFile = disposition!.Parameters.Any(parameter =>
            parameter.Name.StartsWith("filename", StringComparison.OrdinalIgnoreCase));
        var isImage = name is "thumbnail" or "banner";

        if (isFile != isImage)
            throw Invalid(name, isImage ? "Expected a file." : "Expected text, not a file.");

        if (isImage)
            await ReadImageAsync(part, disposition, name, ct);
        else
            fields[name] = await ReadTextAsync(part, name, ct);
    }

    private async Task ReadImageAsync(
        MultipartSection part, ContentDispositionHeaderValue disposition, string name, CancellationToken ct)
    {
        if (checkFieldsAsync is not null)
            await checkFieldsAsync(fields, ct);
        if (await IsUnchosenFileAsync(part, disposition, name, ct))
            return;

        var image = await FormErrors.RunAsync(() => buffer.ReadImageAsync(part.Body, limits, ct));
        files = name == "thumbnail" ? files with { Thumbnail = image } : files with { Banner = image };
    }

    // If the user has not chosen a file, a browser sends an empty file without a name (HTML, multipart/form-data encoding algorithm).
    private async Task<bool> IsUnchosenFileAsync(
        MultipartSection part, ContentDispositionHeaderValue disposition, string name, CancellationToken ct)
    {
        if (disposition.IsFileDisposition())
            return false;

        var bytes = await ReadBytesAsync(part, 0, () => Invalid(name, "A file needs a file name."), ct);
        return bytes.IsEmpty;
    }

    // A browser sends an empty text for a field that was left empty, and CRLF for a line break, which is one character in the other
    // requests (HTML, multipart/form-data encoding algorithm).
    private async Task<string?> ReadTextAsync(MultipartSection part, string name, CancellationToken ct)
    {
        var bytes = await ReadBytesAsync(part, MaxTextBytes, () => Invalid(name, "The text is too long."), ct);

        if (!Utf8.IsValid(bytes.Span))
            throw Invalid(name, "The text is not UTF-8.");

        return bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes.Span).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private Task<ReadOnlyMemory<byte>> ReadBytesAsync(MultipartSection part, int limit, Func<Exception> tooLong, CancellationToken ct) =>
        FormErrors.RunAsync(() => buffer.ReadTextAsync(part.Body, limit, tooLong, ct));

    private static InvalidFieldsException Invalid(string name, string message) => new(new() { [name] = [message] });
}
