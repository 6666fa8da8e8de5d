using GameImages.Application.Images;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Images;

/// <summary>
/// Responds with an image, or that the client has it already. This class handles the most frequent requests itself. The framework handles
/// the other conditions and ranges of RFC 9110.
/// </summary>
internal static class ImageResponse
{
    // Kestrel buffers at most two parts before it waits for the client.
    private const int PartBytes = 32 * 1024;

    private static readonly StringValues CacheControl = $"public, max-age={PublicImage.ClientCacheTime.TotalSeconds}";
    private static readonly StringValues Bytes = "bytes";

    /// <returns>200 or 304; null if the request has a range, or conditions that only the framework evaluates.</returns>
    public static int? FindSimpleStatus(HttpRequest request, PublicImage image)
    {
        var headers = request.Headers;
        if (headers.Range.Count > 0 || headers.IfMatch.Count > 0)
            return null;
        if (headers.IfNoneMatch.Count == 0)
            return StatusCodes.Status200OK;

        return headers.IfNoneMatch == EntityTag(image) ? StatusCodes.Status304NotModified : null;
    }

    /// <param name="status">The result of <see cref="FindSimpleStatus"/>.</param>
    /// <param name="beginning">The part of the content that is already in memory. The rest is read from the image.</param>
    public static Task SendAsync(HttpContext context, PublicImage image, int status, ReadOnlyMemory<byte> beginning = default)
    {
        var response = context.Response;
        response.Headers.CacheControl = CacheControl;
        response.Headers.ETag = EntityTag(image);

        if (status == StatusCodes.Status304NotModified)
        {
            response.StatusCode = status;
            return Task.CompletedTask;
        }

        response.Headers.AcceptRanges = Bytes;
        response.ContentType = image.Format.MimeType;
        response.ContentLength = image.ByteLength;

        if (HttpMethods.IsHead(context.Request.Method))
            return Task.CompletedTask;
        if (beginning.Length == image.ByteLength)
            return response.BodyWriter.WriteAsync(beginning).AsTask();

        return SendPartsAsync(context, image, beginning);
    }

    /// <summary>Responds to a request with any conditions, and with a range.</summary>
    public static Task SendConditionallyAsync(HttpContext context, PublicImage image)
    {
        context.Response.Headers.CacheControl = CacheControl;

        return TypedResults
            .Stream(
                new ImageStream(image), image.Format.MimeType, null, null,
                new EntityTagHeaderValue(EntityTag(image)), enableRangeProcessing: true)
            .ExecuteAsync(context);
    }

    // A strong entity tag (RFC 9110 section 8.8.3): the hash of the content.
    private static string EntityTag(PublicImage image) => $"\"{image.Hash}\"";

    // Reads a part only after most of the previous parts were sent. The memory that a slow client needs does not grow with the image.
    private static async Task SendPartsAsync(HttpContext context, PublicImage image, ReadOnlyMemory<byte> beginning)
    {
        var from = 0;
        var aborted = context.RequestAborted;

        while (from < image.ByteLength)
        {
            var part = from < beginning.Length
                ? beginning.Slice(from, Math.Min(PartBytes, beginning.Length - from))
                : await image.ReadAsync(from, Math.Min(PartBytes, image.ByteLength - from), aborted);
            from += part.Length;

            // Kestrel does not count the bytes of Write and FlushAsync as sent, and would disconnect clients that are far above its lowest
            // rate.
            await context.Response.BodyWriter.WriteAsync(part, aborted);
        }
    }
}
