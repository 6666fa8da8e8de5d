using GameImages.Application.Images;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Images;

/// <summary>Answers with a picture, or that the client has it: what nearly everybody asks here, all else that RFC 9110 knows by the framework.</summary>
internal static class ImageAnswer
{
    // Two of them are what Kestrel buffers at most before it waits for the client.
    private const int PartBytes = 32 * 1024;

    private static readonly StringValues CacheControl = $"public, max-age={PublicImage.ClientCacheTime.TotalSeconds}";
    private static readonly StringValues Bytes = "bytes";

    /// <returns>200 or 304; null when the request has conditions or a range that have to be looked at more closely.</returns>
    public static int? Plain(HttpRequest request, PublicImage image)
    {
        var headers = request.Headers;

        if (headers.Range.Count > 0 || headers.IfMatch.Count > 0)
            return null;

        var known = headers.IfNoneMatch;
        return known.Count == 0 ? StatusCodes.Status200OK : known == EntityTag(image) ? StatusCodes.Status304NotModified : null;
    }

    /// <param name="status">What <see cref="Plain"/> found.</param>
    /// <param name="beginning">What of the content is at hand; from there on it is read.</param>
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
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask
            : beginning.Length == image.ByteLength ? context.Response.BodyWriter.WriteAsync(beginning).AsTask()
            : SendPartsAsync(context, image, beginning);
    }

    /// <summary>The same with any conditions, and with a range.</summary>
    public static Task SendConditionallyAsync(HttpContext context, PublicImage image)
    {
        context.Response.Headers.CacheControl = CacheControl;

        // The framework treats every range unit as bytes, and accepts every date in If-Range. RFC 9110 requires a server to ignore a
        // range with an unknown unit (section 14.2). It also requires this if If-Range does not match (section 13.1.5), and only the
        // entity tag can match, because images have no date.
        var request = context.Request.Headers;
        var isInBytes = request.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase);
        if (!isInBytes || (request.IfRange.Count > 0 && request.IfRange != EntityTag(image)))
            request.Remove(HeaderNames.Range);

        return TypedResults
            .Stream(
                new ImageStream(image), image.Format.MimeType, null, null,
                new EntityTagHeaderValue(EntityTag(image)), enableRangeProcessing: true)
            .ExecuteAsync(context);
    }

    // A strong entity tag (RFC 9110 section 8.8.3): the hash of the content.
    private static string EntityTag(PublicImage image) => $"\"{image.Hash}\"";

    // Part by part, each when most of those before was sent: what a slow client takes in memory does not grow with the picture.
    private static async Task SendPartsAsync(HttpContext context, PublicImage image, ReadOnlyMemory<byte> beginning)
    {
        var (from, gone) = (0, context.RequestAborted);

        while (from < image.ByteLength)
        {
            var part = from < beginning.Length
                ? beginning.Slice(from, Math.Min(PartBytes, beginning.Length - from))
                : await image.ReadAsync(from, Math.Min(PartBytes, image.ByteLength - from), gone);
            from += part.Length;

            // Not Write and FlushAsync: what they send does not count for Kestrel as sent, and clients far above its lowest rate would be cut off.
            await context.Response.BodyWriter.WriteAsync(part, gone);
        }
    }
}
