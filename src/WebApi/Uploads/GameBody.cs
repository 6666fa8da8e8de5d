using System.Text.Json.Nodes;
using GameImages.Application;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.WebApi.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Uploads;

/// <summary>The images in the body of a game request; null for an image that the body does not contain.</summary>
public sealed record GameFiles(ImageContent? Thumbnail = null, ImageContent? Banner = null);

/// <summary>The fields of an upload.</summary>
public sealed record UploadFields(Snowflake? GuildId = null);

/// <summary>
/// Reads the body of a game request, which is JSON, multipart/form-data (RFC 7578) or one image. It reads the body once, and stops at the
/// first error.
/// </summary>
public sealed class GameBody(ImageLimits limits, UploadSettings settings, ICaller caller, TimeProvider time) : IDisposable
{
    private const string Thumbnail = "thumbnail";
    private const string Banner = "banner";

    // JSON bodies are short and must not wait for uploads. This is enough memory for thousands of JSON bodies at once.
    private const int TextMemory = 16 * 1024 * 1024;

    /// <summary>The length of the longest body that can be valid: two images, and room for the text.</summary>
    public static long MaxRequestBytes(ImageLimits limits) => 2L * limits.MaxBytes + ImageForm.MaxParts * ImageForm.MaxTextBytes;

    /// <summary>The memory that the longest body needs.</summary>
    public static long MaxMemory(ImageLimits limits) =>
        2 * UploadBuffer.Needs(limits.MaxBytes) + ImageForm.MaxParts * UploadBuffer.Needs(ImageForm.MaxTextBytes);

    /// <summary>The memory for JSON.</summary>
    internal UploadMemory Texts { get; } = new(TextMemory, UploadBuffer.Needs(JsonBody.MaxBytes), settings, time);

    /// <summary>The memory for images, both alone and in forms.</summary>
    internal UploadMemory Uploads { get; } = new((long)settings.Mebibytes << 20, MaxMemory(limits), settings, time);

    /// <param name="checkFieldsAsync">Checks the fields that precede a file, before the service reads that file.</param>
    /// <exception cref="BadHttpRequestException">The body is neither JSON nor a form in UTF-8, or it is malformed.</exception>
    /// <exception cref="InvalidFieldsException">Fields are unknown, of the wrong type or repeated.</exception>
    /// <exception cref="ImageRefusedException">A file is not an image that may be stored.</exception>
    /// <exception cref="UploadsFullException">There is no memory for the body.</exception>
    public async Task<(T Command, GameFiles Files)> ReadAsync<T>(
        HttpRequest request, CancellationToken ct, CheckFields? checkFieldsAsync = null)
    {
        if (BodyType.IsJson(request))
        {
            JsonBody.CheckLength(request);
            var json = await ReceiveAsync(Texts, request, JsonBody.MaxBytes, JsonBody.ReadAsync, ct);
            return (FieldBinder.Bind<T>(json, ApiJson.Json), new());
        }

        var (fields, images) = await ReadFormAsync(
            request, part => part.Name is Thumbnail or Banner, checkFieldsAsync, ct);
        var files = new GameFiles(images.GetValueOrDefault(Thumbnail), images.GetValueOrDefault(Banner));
        return (FieldBinder.Bind<T>(fields, ApiJson.Form), files);
    }

    /// <summary>Reads an upload: a form with one image and a guild_id, or a body that is the image, with the guild_id in the query.</summary>
    /// <param name="checkFieldsAsync">Checks the fields that precede the image, before the service reads it.</param>
    /// <inheritdoc cref="ReadAsync{T}" path="/exception"/>
    public async Task<(UploadFields Fields, ImageContent Image)> ReadUploadAsync(
        HttpRequest request, CheckFields checkFieldsAsync, CancellationToken ct)
    {
        if (!BodyType.IsForm(request))
        {
            var query = FieldBinder.QueryFields(request);
            var inQuery = FieldBinder.Bind<UploadFields>(query, ApiJson.Form);
            await checkFieldsAsync(query, ct);
            return (inQuery, await ReadImageAsync(request, ct));
        }

        var (fields, images) = await ReadFormAsync(request, part => part.HasFileName || part.Name == "image", checkFieldsAsync, ct);
        return images.Count == 1
            ? (FieldBinder.Bind<UploadFields>(fields, ApiJson.Form), images.Values.Single())
            : throw new InvalidFieldsException(new() { ["image"] = [$"The form has {images.Count} images instead of one."] });
    }

    /// <summary>Reads a body that is one image and nothing else.</summary>
    /// <exception cref="ImageRefusedException">The body is not an image that may be stored.</exception>
    /// <exception cref="UploadsFullException">There is no memory for the body.</exception>
    public async Task<ImageContent> ReadImageAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > limits.MaxBytes)
            throw ImageRefusedException.TooManyBytes(limits);

        return await ReceiveAsync(
            Uploads, request, limits.MaxBytes, (body, buffer, stop) => buffer.ReadImageAsync(body, limits, stop), ct);
    }

    public void Dispose()
    {
        Uploads.Dispose();
        Texts.Dispose();
    }

    private Task<(JsonObject Fields, Dictionary<string, ImageContent> Images)> ReadFormAsync(
        HttpRequest request, Func<FormPart, bool> isImage, CheckFields? checkFieldsAsync, CancellationToken ct)
    {
        var boundary = BodyType.FormBoundary(request);
        return ReceiveAsync(
            Uploads, request, MaxRequestBytes(limits),
            (body, buffer, stop) => new ImageForm(limits, buffer, isImage, checkFieldsAsync).ReadAsync(new(boundary, body), stop), ct);
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
}
