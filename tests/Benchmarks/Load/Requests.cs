using System.Text;

namespace GameImages.Benchmarks.Load;

/// <summary>What is asked, in turn: texts of HTTP/1.1 that differ between their start and their end.</summary>
/// <param name="Status">What each of them is to be answered with.</param>
internal sealed record Requests(int Status, byte[] Start, byte[] End, IReadOnlyList<byte[]> Middles)
{
    private const string Host = "Host: localhost\r\n";

    public byte[] First => [.. Start, .. Middles[0], .. End];

    /// <summary>The same request again and again.</summary>
    /// <param name="headers">Further lines.</param>
    public static Requests One(int status, string method, string path, string headers = "") => Paths(status, [path], method, headers);

    /// <summary>The same of one path after the other.</summary>
    /// <param name="headers">Further lines.</param>
    public static Requests Paths(int status, IEnumerable<string> paths, string method = "GET", string headers = "", string body = "") =>
        new(status, Bytes($"{method} "), Bytes($" HTTP/1.1\r\n{Host}{headers}\r\n{body}"), [.. paths.Select(Bytes)]);

    /// <summary>All of these.</summary>
    public static Requests Mixed(IEnumerable<Requests> requests) => new(0, [], [], [.. requests.Select(request => request.First)]);

    /// <summary>A form that is posted, and may be given other texts at one place.</summary>
    /// <param name="mark">What is at that place.</param>
    public static async Task<Requests> FormAsync(MultipartFormDataContent form, byte[] mark, string path, string headers)
    {
        var body = await form.ReadAsByteArrayAsync();
        var place = body.AsSpan().IndexOf(mark);
        var head = Bytes(
            $"POST {path} HTTP/1.1\r\n{Host}{headers}Content-Type: {form.Headers.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n");
        return new(StatusCodes.Status201Created, [.. head, .. body[..place]], body[(place + mark.Length)..], [mark]);
    }

    /// <summary>Writes what requests.lua reads.</summary>
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
