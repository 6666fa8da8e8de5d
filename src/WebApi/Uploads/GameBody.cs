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
    private const string Image = "image";

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
            request, part => part.Name is Thumbnail or Banner, maxImages: 2, checkFieldsAsync, ct);
        var files = new GameFiles(images.GetValueOrDefault(Thumbnail), images.GetValueOrDefault(Banner));
        return (FieldBinder.Bind<T>(fields, ApiJson.Form), files);
    }

    /// <summary>
    /// Reads an upload: a body that is the image, or a form with one image. The query or the form has the other fields.
    /// </summary>
    /// <param name="checkFieldsAsync">Checks the fields that precede the image, before the service reads it.</param>
    /// <inheritdoc cref="ReadAsync{T}" path="/exception"/>
    public async Task<(UploadFields Fields, ImageContent Image)> ReadUploadAsync(
        HttpRequest request, CheckFields checkFieldsAsync, CancellationToken ct)
    {
        var query = FieldBinder.QueryFields(request);
        var fields = FieldBinder.Bind<UploadFields>(query, ApiJson.Form);
        await checkFieldsAsync(query, ct);
        if (!BodyType.IsForm(request))
            return (fields, await ReadImageAsync(request, ct));

        var (inForm, images) = await ReadFormAsync(
            request, part => part.HasFileName || part.Name == Image, maxImages: 1, checkFieldsAsync, ct);
        if (images.Count == 0)
            throw new InvalidFieldsException(new() { [Image] = ["An image is required."] });
        if (inForm.Select(field => field.Key).FirstOrDefault(query.ContainsKey) is { } twice)
            throw new InvalidFieldsException(new() { [twice] = ["The query and the form contain this field."] });

        var ofForm = FieldBinder.Bind<UploadFields>(inForm, ApiJson.Form);
        return (query.Count == 0 ? ofForm : fields, images.Values.Single());
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
        HttpRequest request, Func<FormPart, bool> isImage, int maxImages, CheckFields? checkFieldsAsync, CancellationToken ct)
    {
        var boundary = BodyType.FormBoundary(request);
        return ReceiveAsync(
            Uploads, request, MaxRequestBytes(limits),
            (body, buffer, stop) =>
                new ImageForm(limits, buffer, isImage, maxImages, checkFieldsAsync).ReadAsync(new(boundary, body), stop),
            ct);
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
