using System.Net;
using GameImages.Domain.Images;

namespace GameImages.Operations.Announcements;

/// <summary>Whether Discord can show a picture of what the service answers.</summary>
/// <param name="url">As the announcement has it.</param>
internal sealed class ImageCheck(AnnouncedImage picture, string url)
{
    // What Discord's own media proxy takes for sure.
    private const int MaxSide = 4096;
    private const int SafeBytes = 5 * 1024 * 1024;

    private const string FindWhatIsSlow = "Fetch it beside the proxy and beside the service as well: that tells which part is slow.";

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(5);

    public IEnumerable<Finding> Judge(Exception failure) =>
        [
            failure switch
            {
                HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => Problem(
                    $"TLS fails: {tls.InnerException?.Message ?? tls.Message}",
                    "Give the host a certificate for its name that browsers trust, with its intermediate certificates."),
                TimeoutException => Problem(
                    failure.Message,
                    "Is the port open? The log of the proxy and of the service say how far it came."),
                _ => Problem($"cannot be fetched: {failure.Message}", "Does the service, or the proxy in front of it, listen there?"),
            },
        ];

    public IEnumerable<Finding> Judge(ImageResponse answer) =>
        answer.Status == HttpStatusCode.OK ? JudgeContent(answer) : [JudgeStatus(answer)];

    private Finding JudgeStatus(ImageResponse answer) =>
        answer.Status switch
        {
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Problem(
                $"{(int)answer.Status}, which leads to {answer.Location?.ToString() ?? "nowhere"}",
                "Set PublicBaseUrl to where it leads: Discord fetches the address that it is given."),
            HttpStatusCode.TooManyRequests when answer.Limit is { } limit => Problem(
                $"429: the service's own limit of {limit} requests is used up for this address{Until(answer)}",
                "Ask again then; below is what to set if it is Discord that meets it."),
            HttpStatusCode.TooManyRequests => Problem(
                $"429: a limit, which is not the service's own, is used up{Until(answer)}",
                "Raise the limit of the proxy or CDN in front."),
            HttpStatusCode.NotFound => Problem(
                "404: no such picture",
                "Does PublicBaseUrl lead to the service of this database, with its whole path?"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Problem(
                $"{(int)answer.Status}: not for everybody",
                "Let the proxy in front pass GET /api/v1/public/images to anybody, whatever the User-Agent."),
            _ => Problem($"{(int)answer.Status} instead of 200", "The log of the proxy and of the service say why."),
        };

    private IEnumerable<Finding> JudgeContent(ImageResponse answer)
    {
        var bytes = answer.Content.Span;
        var format = ImageFormat.Recognize(bytes);
        var findings = new List<Finding>();

        if (answer.ContentType != picture.Format.MimeType)
            findings.Add(
                Problem(
                    $"Content-Type is {answer.ContentType ?? "missing"} instead of {picture.Format.MimeType}",
                    "Let nothing in front of the service change the header."));
        if (format != picture.Format)
            findings.Add(
                Problem(
                    $"the bytes are {format?.MimeType ?? "none of PNG, JPEG, GIF and WebP"} instead of {picture.Format.MimeType}",
                    "Does PublicBaseUrl lead to the service? Else gameimages verify."));
        else if (format.ReadSize(bytes) is { } size && Math.Max(size.Width, size.Height) > MaxSide)
            findings.Add(
                Problem($"{size.Width} x {size.Height} pixels, of which Discord shows {MaxSide} on a side", "Upload a smaller one."));

        if (bytes.Length > ImageFetch.MaxBytes)
            findings.Add(Problem($"more than {ImageFetch.MaxBytes} bytes, which is more than Discord takes", "Upload a smaller one."));
        else if (bytes.Length > SafeBytes)
            findings.Add(Warning($"{bytes.Length} bytes, where {SafeBytes} are safe", "Upload a smaller one."));

        if (ContentHash.Of(bytes) != picture.Hash)
            findings.Add(
                Problem(
                    $"{bytes.Length} bytes that are not the {picture.ByteLength} of the database",
                    "Let nothing in front of the service transform pictures; else gameimages verify."));

        if (answer.FirstByte > TooSlow)
            findings.Add(
                Problem($"the first byte after {Milliseconds(answer.FirstByte)}, when Discord may have given up", FindWhatIsSlow));
        else if (answer.FirstByte > Slow)
            findings.Add(Warning($"the first byte after {Milliseconds(answer.FirstByte)}", FindWhatIsSlow));

        return findings.DefaultIfEmpty(new(
            picture.Place, Health.Ok, $"{url}: {bytes.Length} bytes of {answer.ContentType} in {Milliseconds(answer.Total)}, the first after {Milliseconds(answer.FirstByte)}"));
    }

    private Finding Problem(string found, string toDo) => new(picture.Place, Health.Problem, $"{url}: {found}", toDo);

    private Finding Warning(string found, string toDo) => new(picture.Place, Health.Warning, $"{url}: {found}", toDo);

    private static string Until(ImageResponse answer) =>
        answer.RetryAfter is { } after ? $", and gives way in {after.TotalSeconds} s" : "";

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:0} ms";
}
