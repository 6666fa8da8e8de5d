using System.Text;

namespace GameImages.Testing.Fuzzing;

/// <param name="Number">The number by which the request of a seed can be sent again.</param>
/// <param name="Name">The operation, and what was changed in a valid request for it.</param>
/// <param name="IsShort">
/// Whether the body is shorter than announced. The sending half of the connection is closed after it, and the service may respond nothing.
/// </param>
internal sealed record FuzzRequest(int Number, string Name, string Method, string Target, byte[] Bytes, bool IsShort)
{
    private const int MaxShown = 3000;

    private static readonly byte[] Shown = [.. "\r\n\t"u8, .. Enumerable.Range(' ', '~' - ' ' + 1).Select(letter => (byte)letter)];

    /// <returns>The request as text, or for other bytes a command that prints them.</returns>
    public override string ToString()
    {
        var bytes = Bytes.AsSpan(0, Math.Min(Bytes.Length, MaxShown));
        var rest = Bytes.Length > MaxShown ? $"\n… {Bytes.Length - MaxShown} more bytes" : "";
        return bytes.ContainsAnyExcept(Shown)
            ? $"echo {Convert.ToBase64String(bytes)} | base64 -d{rest}"
            : Encoding.ASCII.GetString(bytes) + rest;
    }
}
