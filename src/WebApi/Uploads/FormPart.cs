using System.Text;
using GameImages.WebApi.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Uploads;

/// <summary>A part of a form, and what its headers declare about it (RFC 7578 section 4).</summary>
/// <param name="HasFileName">Whether the part has a file name, which may be empty.</param>
/// <param name="IsNamedFile">Whether the file name is not empty.</param>
internal sealed record FormPart(string Name, bool HasFileName, bool IsNamedFile, MediaTypeHeaderValue? Type, Stream Body)
{
    private static readonly string[] TransferEncodings = ["7bit", "8bit", "binary"];

    /// <exception cref="BadHttpRequestException">The part has no name.</exception>
    /// <exception cref="InvalidFieldsException">The part is encoded, or has parts of its own.</exception>
    public static FormPart Read(MultipartSection section)
    {
        var disposition = section.GetContentDispositionHeader();
        var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value;

        if (string.IsNullOrEmpty(name) || !disposition!.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            throw new BadHttpRequestException("A part of the form has no name.");
        if (disposition.Parameters.DistinctBy(parameter => parameter.Name, StringSegmentComparer.OrdinalIgnoreCase).Count()
            < disposition.Parameters.Count)
            throw Invalid(name, "The Content-Disposition has a parameter twice.");

        CheckEncoding(section, name, "Content-Transfer-Encoding", TransferEncodings);
        CheckEncoding(section, name, HeaderNames.ContentEncoding, ["identity"]);

        return new(
            name,
            disposition.Parameters.Any(parameter => parameter.Name.StartsWith("filename", StringComparison.OrdinalIgnoreCase)),
            disposition.IsFileDisposition(),
            ReadType(section, name),
            section.Body);
    }

    /// <returns>The encoding of a text.</returns>
    /// <exception cref="InvalidFieldsException">The part is not text, or its charset is not supported.</exception>
    public Encoding TextEncoding()
    {
        if (HasFileName)
            throw Invalid("Expected text, not a file.");
        if (Type is not null && !Type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
            throw Invalid("Expected text/plain.");

        return Uploads.TextEncoding.Find(HeaderUtilities.RemoveQuotes(Type?.Charset ?? default))
            ?? throw Invalid("The charset is not supported. Send UTF-8.");
    }

    public InvalidFieldsException Invalid(string message) => Invalid(Name, message);

    // The service would store the encoded bytes. RFC 7578 section 4.7 deprecates the encodings.
    private static void CheckEncoding(MultipartSection section, string name, string header, string[] known)
    {
        var encoding = Header(section, header);
        if (encoding.Count > 0 && !known.Contains(encoding.ToString(), StringComparer.OrdinalIgnoreCase))
            throw Invalid(name, $"Send the bytes themselves, without {header}.");
    }

    private static MediaTypeHeaderValue? ReadType(MultipartSection section, string name)
    {
        var text = Header(section, HeaderNames.ContentType).ToString();
        if (text == "")
            return null;
        if (!MediaTypeHeaderValue.TryParse(text, out var type))
            throw Invalid(name, "The Content-Type is malformed.");

        return type.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase)
            ? throw Invalid(name, "A part of a form cannot have parts of its own.")
            : type;
    }

    private static StringValues Header(MultipartSection section, string name) => section.Headers?.GetValueOrDefault(name) ?? default;

    private static InvalidFieldsException Invalid(string name, string message) => new(new() { [name] = [message] });
}
