using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using FluentValidation;
using FluentValidation.Results;
using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Games;

/// <summary>The files of a game request, as far as it has them.</summary>
public sealed record GameFiles(ImageContent? Thumbnail = null, ImageContent? Banner = null);

/// <summary>Reads the body of a game request, JSON or multipart/form-data (RFC 7578), in one pass and no further than it has to.</summary>
public sealed class GameBody(ImageLimits limits, UploadSettings settings, ICaller caller, TimeProvider time) : IDisposable
{
    private const int MaxTextBytes = 64 * 1024;
    private const int MaxParts = 32;

    // JSON bodies are short and must not wait for uploads. This is enough memory for thousands of JSON bodies at once.
    private const int TextMemory = 16 * 1024 * 1024;

    private const int MaxBoundaryLength = 70; // RFC 2046 section 5.1.1

    /// <summary>The longest body that can be one: two pictures, and room for the text.</summary>
    public static long MaxRequestBytes(ImageLimits limits) => 2L * limits.MaxBytes + MaxParts * MaxTextBytes;

    /// <summary>The memory that the longest body needs.</summary>
    public static long MaxMemory(ImageLimits limits) =>
        2 * UploadBuffer.Needs(limits.MaxBytes) + MaxParts * UploadBuffer.Needs(MaxTextBytes);

    /// <summary>The memory for JSON.</summary>
    internal UploadMemory Texts { get; } = new(TextMemory, UploadBuffer.Needs(MaxTextBytes), settings, time);

    /// <summary>The memory for pictures, both alone and in forms.</summary>
    internal UploadMemory Uploads { get; } = new((long)settings.Mebibytes << 20, MaxMemory(limits), settings, time);

    /// <param name="checkFieldsAsync">Checks the fields that precede a file, before the service reads that file.</param>
    /// <exception cref="BadHttpRequestException">The body is neither, or broken.</exception>
    /// <exception cref="ValidationException">Fields are unknown, of the wrong type or there twice.</exception>
    /// <exception cref="ImageRefusedException">A file is not a picture that may be kept.</exception>
    /// <exception cref="UploadsFullException">There is no memory for the body.</exception>
    public async Task<(T Command, GameFiles Files)> ReadAsync<T>(
        HttpRequest request, CancellationToken ct, Func<JsonObject, CancellationToken, Task>? checkFieldsAsync = null)
    {
        if (request.HasJsonContentType())
            return (FieldBinder.Bind<T>(await ReadJsonAsync(request, ct), ApiJson.Json), new());

        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new BadHttpRequestException("Send application/json or multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > MaxBoundaryLength)
            throw new BadHttpRequestException("The Content-Type names no boundary that can be used.");

        var (fields, files) = await ReceiveAsync(Uploads, request, MaxRequestBytes(limits),
            (body, upload, stop) => ReadFormAsync(new MultipartReader(boundary.Value!, body), checkFieldsAsync, upload, stop), ct);
        return (FieldBinder.Bind<T>(fields, ApiJson.Form), files);
    }

    /// <summary>Reads a body that is one picture and nothing else.</summary>
    /// <exception cref="ImageRefusedException">It is not a picture that may be kept.</exception>
    /// <exception cref="UploadsFullException">There is no memory for it.</exception>
    public async Task<ImageContent> ReadImageAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > limits.MaxBytes)
            throw ImageRefusedException.TooManyBytes(limits);

        return await ReceiveAsync(
            Uploads, request, limits.MaxBytes, (body, upload, stop) => upload.ReadImageAsync(body, limits, stop), ct);
    }

    public void Dispose()
    {
        Uploads.Dispose();
        Texts.Dispose();
    }

    private Task<T> ReceiveAsync<T>(
        UploadMemory memory,
        HttpRequest request,
        long maxBytes,
        Func<Stream, UploadBuffer, CancellationToken, Task<T>> read,
        CancellationToken ct)
    {
        var user = request.HttpContext.User.FindFirst(JwtRegisteredClaimNames.Sub)!.Value;
        return memory.ReceiveAsync(request, maxBytes, user, caller.MayHostForOthers, read, ct);
    }

    private async Task<JsonObject> ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        static Exception TooLong() => new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
        if (request.ContentLength > MaxTextBytes)
            throw TooLong();

        var body = await ReceiveAsync(
            Texts, request, MaxTextBytes, (body, buffer, stop) => buffer.ReadTextAsync(body, MaxTextBytes, TooLong, stop), ct);

        if (!Utf8.IsValid(body.Span))
            throw new BadHttpRequestException("The body is not UTF-8.");

        try
        {
            var fields = JsonNode.Parse(body.Span, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new BadHttpRequestException("The body is not a JSON object.");

            // Reads the names, which may be no Unicode.
            _ = fields.Count;
            return fields;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            throw new BadHttpRequestException("The body is not valid JSON, or names a field twice.", invalid);
        }
    }

    private async Task<(JsonObject Fields, GameFiles Files)> ReadFormAsync(
        MultipartReader reader, Func<JsonObject, CancellationToken, Task>? checkFieldsAsync, UploadBuffer upload, CancellationToken ct)
    {
        var fields = new JsonObject();
        var files = new GameFiles();
        var names = new HashSet<string>();

        while (await NextAsync(reader, ct) is { } part)
        {
            var disposition = part.GetContentDispositionHeader();
            var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value;

            if (string.IsNullOrEmpty(name))
                throw new BadHttpRequestException("A part of the form has no name.");
            if (!names.Add(name))
                throw Invalid(name, "The field is there twice.");
            if (names.Count > MaxParts)
                throw new BadHttpRequestException("The form has too many parts.");

            // Also when the name is empty.
            var isFile = disposition!.Parameters.Any(parameter =>
                parameter.Name.StartsWith("filename", StringComparison.OrdinalIgnoreCase));
            var isPicture = name is "thumbnail" or "banner";

            if (isFile != isPicture)
                throw Invalid(name, isPicture ? "Expected a file." : "Expected text, not a file.");

            if (isPicture && checkFieldsAsync is not null)
                await checkFieldsAsync(fields, ct);

            if (!isPicture)
                fields[name] = await ReadTextAsync(part, name, upload, ct);
            else if (await IsNoFileAsync(part, disposition!, upload, ct))
                continue;
            else if (name == "thumbnail")
                files = files with { Thumbnail = await ReadFileAsync(part, upload, ct) };
            else
                files = files with { Banner = await ReadFileAsync(part, upload, ct) };
        }

        return (fields, files);
    }

    // A browser's form sends an empty file without a name where none was chosen (HTML, multipart/form-data encoding algorithm).
    private static async Task<bool> IsNoFileAsync(
        MultipartSection part,
        ContentDispositionHeaderValue disposition,
        UploadBuffer upload,
        CancellationToken ct) =>
        !disposition.IsFileDisposition()
        && (
            await ReadPartAsync(
                part,
                upload,
                0,
                () => Invalid(HeaderUtilities.RemoveQuotes(disposition.Name).Value!, "A file has a name."),
                ct)).IsEmpty;

    private Task<ImageContent> ReadFileAsync(MultipartSection part, UploadBuffer upload, CancellationToken ct) =>
        FormErrorsAsync(() => upload.ReadImageAsync(part.Body, limits, ct));

    // Forms send an empty text for a field that was left empty, and CRLF for a line break (HTML, multipart/form-data encoding algorithm), which was one character.
    private static async Task<string?> ReadTextAsync(MultipartSection part, string name, UploadBuffer upload, CancellationToken ct)
    {
        var bytes = await ReadPartAsync(part, upload, MaxTextBytes, () => Invalid(name, "The text is too long."), ct);

        if (!Utf8.IsValid(bytes.Span))
            throw Invalid(name, "The text is not UTF-8.");

        return bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes.Span).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static ValidationException Invalid(string name, string message) => new([new ValidationFailure(name, message)]);

    private static Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken ct) =>
        FormErrorsAsync(() => reader.ReadNextSectionAsync(ct));

    private static Task<ReadOnlyMemory<byte>> ReadPartAsync(
        MultipartSection part,
        UploadBuffer upload,
        int limit,
        Func<Exception> tooLong,
        CancellationToken ct) => FormErrorsAsync(() => upload.ReadTextAsync(part.Body, limit, tooLong, ct));

    private static async Task<T> FormErrorsAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        // The reader's words for a missing final boundary and for headers that are too long or too many.
        catch (Exception broken)
            when (broken is InvalidDataException or (IOException and not (BadHttpRequestException or ConnectionResetException)))
        {
            throw new BadHttpRequestException("The form is broken off or malformed.", broken);
        }
    }
}
