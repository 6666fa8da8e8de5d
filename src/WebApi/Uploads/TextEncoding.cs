using System.Text;
using Microsoft.Extensions.Primitives;

namespace GameImages.WebApi.Uploads;

/// <summary>The charsets in which a client may send text.</summary>
internal static class TextEncoding
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Ascii =
        Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>Some libraries declare texts in these charsets by default, also if they only have ASCII characters.</summary>
    private static readonly Dictionary<string, Encoding> Encodings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf-8"] = Utf8,
        ["utf8"] = Utf8,
        ["us-ascii"] = Ascii,
        ["iso-8859-1"] = Encoding.Latin1,
    };

    public static bool IsUtf8(StringSegment charset) => Find(charset) == Utf8;

    /// <param name="charset">The declared charset; UTF-8 if there is none.</param>
    /// <returns>An encoding that throws at invalid bytes; null for another charset.</returns>
    public static Encoding? Find(StringSegment charset) => charset.HasValue ? Encodings.GetValueOrDefault(charset.Value!) : Utf8;
}
