using System.Net;
using GameImages.Domain.Images;

namespace GameImages.Operations.Announcements;

/// <summary>Checks whether Discord can show an image, from the response of the service.</summary>
/// <param name="url">The URL in the announcement.</param>
internal sealed class ImageCheck(AnnouncedImage image, string url)
{
    // Discord's media proxy accepts images up to these limits in all cases.
    private const int MaxSide = 4096;
    private const int SafeBytes = 5 * 1024 * 1024;

    private const string FindSlowPart =
        "Fetch it from the machine of the proxy and from that of the service as well, to find the slow part.";

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(5);

    public IEnumerable<Finding> Check(Exception failure) =>
    [
        failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => Problem(
                $"TLS fails: {tls.InnerException?.Message ?? tls.Message}",
                "Give the host a certificate for its name that browsers trust, with its intermediate certificates."),
            TimeoutException => Problem(
                failure.Message,
                "Check that the port is open. The logs of the proxy and of the service show whether the request arrived."),
            _ => Problem($"cannot be fetched: {failure.Message}", "Check that the service, or the proxy in front of it, listens there."),
        },
    ];

    public IEnumerable<Finding> Check(ImageResponse response) =>
        response.Status == HttpStatusCode.OK ? CheckContent(response) : [CheckStatus(response)];

    private Finding CheckStatus(ImageResponse response) => response.Status switch
    {
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Problem(
            $"{(int)response.Status}, a redirect to {response.Location?.ToString() ?? "no address"}",
            "Set PublicBaseUrl to the target of the redirect: Discord fetches the address that it gets."),
        HttpStatusCode.TooManyRequests when response.Limit is { } limit => Problem(
            $"429: the service's own limit of {limit} requests is used up for this address{Until(response)}",
            "Try again later. The burst check below says what to set if Discord reaches the limit."),
        HttpStatusCode.TooManyRequests => Problem(
            $"429: a limit that is not the service's own is used up{Until(response)}", "Raise the limit of the proxy or CDN in front."),
        HttpStatusCode.NotFound => Problem(
            "404: no such image", "Check that PublicBaseUrl leads to the service of this database, with its whole path."),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Problem(
            $"{(int)response.Status}: the image is not public",
            "Let the proxy in front pass GET /api/v1/public/images from any client, with any User-Agent."),
        _ => Problem($"{(int)response.Status} instead of 200", "The logs of the proxy and of the service give the reason."),
    };

    private IEnumerable<Finding> CheckContent(ImageResponse response) =>
        CheckFormat(response).Concat(CheckLength(response)).Concat(CheckTime(response)).DefaultIfEmpty(new(
            image.Place,
            Health.Ok,
            $"{url}: {response.Content.Length} bytes of {response.ContentType} in {Milliseconds(response.Total)}, "
            + $"the first after {Milliseconds(response.FirstByte)}"));

    private IEnumerable<Finding> CheckFormat(ImageResponse response)
    {
        var format = ImageFormat.Recognize(response.Content.Span);
        if (response.ContentType != image.Format.MimeType)
        {
            yield return Problem(
                $"Content-Type is {response.ContentType ?? "missing"} instead of {image.Format.MimeType}",
                "Let nothing in front of the service change the header.");
        }

        if (format != image.Format)
        {
            yield return Problem(
                $"the bytes are {format?.MimeType ?? "none of PNG, JPEG, GIF and WebP"} instead of {image.Format.MimeType}",
                "Check that PublicBaseUrl leads to the service. If it does, run gameimages verify.");
        }
        else if (format.ReadSize(response.Content.Span) is { } size && Math.Max(size.Width, size.Height) > MaxSide)
        {
            yield return Problem(
                $"{size.Width} x {size.Height} pixels, but Discord shows at most {MaxSide} on a side", "Upload a smaller one.");
        }
    }

    private IEnumerable<Finding> CheckLength(ImageResponse response)
    {
        var length = response.Content.Length;
        if (length > ImageFetch.MaxBytes)
            yield return Problem($"more than {ImageFetch.MaxBytes} bytes, which Discord does not accept", "Upload a smaller one.");
        else if (length > SafeBytes)
            yield return Warning($"{length} bytes, but only {SafeBytes} are safe", "Upload a smaller one.");

        if (ContentHash.Of(response.Content.Span) != image.Hash)
        {
            yield return Problem(
                $"{length} bytes that are not the {image.ByteLength} of the database",
                "Let nothing in front of the service transform images. If nothing does, run gameimages verify.");
        }
    }

    private IEnumerable<Finding> CheckTime(ImageResponse response)
    {
        if (response.FirstByte > TooSlow)
            yield return Problem($"the first byte after {Milliseconds(response.FirstByte)}, when Discord may have given up", FindSlowPart);
        else if (response.FirstByte > Slow)
            yield return Warning($"the first byte after {Milliseconds(response.FirstByte)}", FindSlowPart);
    }

    private Finding Problem(string found, string toDo) => new(image.Place, Health.Problem, $"{url}: {found}", toDo);

    private Finding Warning(string found, string toDo) => new(image.Place, Health.Warning, $"{url}: {found}", toDo);

    private static string Until(ImageResponse response) =>
        response.RetryAfter is { } after ? $", for the next {after.TotalSeconds} s" : "";

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:0} ms";
}
