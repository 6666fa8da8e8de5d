using System.Text;

namespace GameImages.Benchmarks.Load;

/// <summary>HTTP/1.1 requests that are sent in turn. They differ only between a common start and a common end.</summary>
/// <param name="Status">The expected status of each response; 0 when the statuses differ.</param>
internal sealed record Requests(int Status, byte[] Start, byte[] End, IReadOnlyList<byte[]> Middles)
{
    private const string Host = "Host: localhost\r\n";

    public byte[] First => [.. Start, .. Middles[0], .. End];

    /// <summary>Repeats one request.</summary>
    /// <param name="headers">Further header lines.</param>
    public static Requests One(int status, string method, string path, string headers = "") => Paths(status, [path], method, headers);

    /// <summary>Sends the same request to several paths.</summary>
    /// <param name="headers">Further header lines.</param>
    public static Requests Paths(int status, IEnumerable<string> paths, string method = "GET", string headers = "", string body = "") =>
        new(status, Bytes($"{method} "), Bytes($" HTTP/1.1\r\n{Host}{headers}\r\n{body}"), [.. paths.Select(Bytes)]);

    /// <summary>Combines several requests.</summary>
    public static Requests Mixed(IEnumerable<Requests> requests) => new(0, [], [], [.. requests.Select(request => request.First)]);

    /// <summary>Posts a form in which one part of the bytes can be replaced.</summary>
    /// <param name="mark">The bytes to replace.</param>
    public static async Task<Requests> FormAsync(MultipartFormDataContent form, byte[] mark, string path, string headers)
    {
        var body = await form.ReadAsByteArrayAsync();
        var place = body.AsSpan().IndexOf(mark);
        var head = Bytes(
            $"POST {path} HTTP/1.1\r\n{Host}{headers}Content-Type: {form.Headers.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n");
        return new(StatusCodes.Status201Created, [.. head, .. body[..place]], body[(place + mark.Length)..], [mark]);
    }

    /// <summary>Writes the file that requests.lua reads.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);

        foreach (var text in (IEnumerable<byte[]>)[Start, End, .. Middles])
        {
            file.Write(Bytes($"{text.Length}\n"));
            file.Write(text);
        }
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
