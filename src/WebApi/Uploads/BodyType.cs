using System.Buffers;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Uploads;

/// <summary>Reads the Content-Type of a body that is JSON or a form.</summary>
internal static class BodyType
{
    private const string Form = "multipart/form-data";
    private const int MaxBoundaryLength = 70;

    // RFC 2046 section 5.1.1
    private static readonly SearchValues<char> BoundaryCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=? ");

    /// <exception cref="BadHttpRequestException">The body is in another charset than UTF-8.</exception>
    public static bool IsJson(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            return false;

        CheckCharset(MediaTypeHeaderValue.Parse(request.ContentType));
        return true;
    }

    public static bool IsForm(HttpRequest request) => IsForm((request.ContentType ?? "").Split(';')[0].Trim());

    /// <exception cref="BadHttpRequestException">The body is not a form, or its boundary is missing or malformed.</exception>
    public static string FormBoundary(HttpRequest request)
    {
        var text = request.ContentType ?? "";

        if (!MediaTypeHeaderValue.TryParse(text, out var type))
            throw IsForm(text.Split(';')[0].Trim())
                ? new BadHttpRequestException(
                    """The Content-Type is malformed. A boundary with a character such as = or : needs quotes: boundary="a=b".""")
                : NotSupported();

        if (!IsForm(type.MediaType))
            throw NotSupported();

        CheckCharset(type);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is > 0 and <= MaxBoundaryLength
            && !boundary.AsSpan().ContainsAnyExcept(BoundaryCharacters)
            && boundary[^1] != ' '
            && type.Parameters.Count(IsBoundary) == 1
                ? boundary.Value!
                : throw new BadHttpRequestException(
                    $"The Content-Type needs one boundary of 1 to {MaxBoundaryLength} characters that RFC 2046 allows.");
    }

    private static bool IsForm(StringSegment type) => type.Equals(Form, StringComparison.OrdinalIgnoreCase);

    private static bool IsBoundary(NameValueHeaderValue parameter) =>
        parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase);

    private static void CheckCharset(MediaTypeHeaderValue type)
    {
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.HasValue && !TextEncoding.IsUtf8(charset))
            throw new BadHttpRequestException("The body has to be UTF-8.", StatusCodes.Status415UnsupportedMediaType);
    }

    private static BadHttpRequestException NotSupported() =>
        new($"Send application/json or {Form}.", StatusCodes.Status415UnsupportedMediaType);
}
