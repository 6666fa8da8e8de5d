using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GameImages.Attacks.Fuzzing;

/// <summary>Requests as bytes on a connection of their own.</summary>
internal static class RawExchange
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="isShort">The body is shorter than announced: the connection's sending half is closed after it.</param>
    /// <returns>The status of the answer; 0 when the connection was closed without one.</returns>
    /// <exception cref="TimeoutException">There was neither an answer nor an end in 15 seconds.</exception>
    public static async Task<int> SendAsync(Uri service, byte[] request, bool isShort, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Host, service.Port, ct);
        var stream = client.GetStream();
        var answer = new MemoryStream();

        try
        {
            await stream.WriteAsync(request, ct);
            if (isShort)
                client.Client.Shutdown(SocketShutdown.Send);

            await stream.CopyToAsync(answer, ct).WaitAsync(Patience, ct);
        }
        catch (IOException)
        {
            // The service may refuse a request, and close the connection, before it has read all of it.
        }

        return StatusOf(Encoding.ASCII.GetString(answer.ToArray()));
    }

    /// <summary>Sends the first bytes of a request, or reads the first bytes of its answer, and resets the connection.</summary>
    public static async Task CutAsync(Uri service, byte[] request, int sent, int read, CancellationToken ct)
    {
        // A TcpClient would shut the connection down before it closes it, which is no reset.
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new(true, 0) };
        await socket.ConnectAsync(service.Host, service.Port, ct);
        await using var stream = new NetworkStream(socket);

        try
        {
            await stream.WriteAsync(request.AsMemory(0, sent), ct);
            if (sent == request.Length)
                await stream.ReadAtLeastAsync(new byte[read], read, throwOnEndOfStream: false, ct);
        }
        catch (IOException)
        {
            // The service was faster.
        }
    }

    // An interim answer (100) comes before the real one.
    private static int StatusOf(string answer)
    {
        var isInterim = answer.StartsWith("HTTP/1.1 100", StringComparison.Ordinal);
        var final = isInterim ? answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].TrimStart() : answer;
        return final.Length > 12 ? int.Parse(final.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;
    }
}
