using System.Globalization;
using System.Text;

namespace GameImages.Testing.Fuzzing;

/// <summary>The response on a connection that was closed after it, byte for byte.</summary>
internal sealed class RawResponse
{
    private RawResponse(int status, (string Name, string Value)[] headers, byte[] body)
    {
        Status = status;
        Headers = headers;
        Body = body;
    }

    public int Status { get; }

    public (string Name, string Value)[] Headers { get; }

    /// <summary>The content, without the chunks in which it was sent.</summary>
    public byte[] Body { get; }

    public string? MediaType => Header("Content-Type")?.Split(';')[0];

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <returns>Null if the connection was closed without a whole head of a final response.</returns>
    public static RawResponse? Read(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return null;

            var lines = Encoding.Latin1.GetString(bytes[..end]).Split("\r\n");
            var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
            bytes = bytes[(end + 4)..];
            // An interim response (100) may come before the final one.
            if (status < 200)
                continue;

            var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(parts => (parts[0], parts[1].Trim())).ToArray();
            var isChunked = headers.Any(header => header is ("Transfer-Encoding", "chunked"));
            return new(status, headers, isChunked ? Unchunk(bytes) : bytes.ToArray());
        }
    }

    private static byte[] Unchunk(ReadOnlySpan<byte> bytes)
    {
        var body = new MemoryStream();
        while (bytes.IndexOf("\r\n"u8) is > 0 and var end)
        {
            var length = int.Parse(bytes[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(bytes.Slice(end + 2, length));
            bytes = bytes[(end + 2 + length + 2)..];
        }

        return body.ToArray();
    }
}
