using System.Text;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Transport;

/// <summary>
/// How Kestrel decodes the headers of requests. By default, it rejects bytes that are not UTF-8 with an empty response, and accepts a
/// Content-Length with a sign.
/// </summary>
internal static class RequestHeaderEncoding
{
    private static readonly Encoding Digits = new DigitEncoding();

    // Kestrel accepts invalid bytes as U+FFFD, so that the service can reject them with a problem.
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    public static Encoding Of(string header) =>
        header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Digits : Utf8;

    /// <returns>Whether all bytes of all headers were UTF-8 and not NUL.</returns>
    public static bool IsValid(IHeaderDictionary headers)
    {
        foreach (var (_, values) in headers)
        {
            foreach (var value in values)
            {
                if (value.AsSpan().ContainsAny('\0', '\uFFFD'))
                    return false;
            }
        }

        return true;
    }

    /// <summary>A Content-Length has digits only (RFC 9110 section 8.6). Kestrel cannot parse anything else after this encoding.</summary>
    private sealed class DigitEncoding : ASCIIEncoding
    {
        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            // Kestrel rejects a number that fills its buffer.
            var count = Math.Min(bytes.Length, chars.Length);
            for (var index = 0; index < count; index++)
                chars[index] = char.IsAsciiDigit((char)bytes[index]) ? (char)bytes[index] : '?';

            return count;
        }
    }
}
