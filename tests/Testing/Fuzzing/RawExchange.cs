using System.Net.Sockets;

namespace GameImages.Testing.Fuzzing;

/// <summary>Sends each request as bytes on a new connection.</summary>
internal static class RawExchange
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <param name="isShort">Whether the body is shorter than announced. The sending half of the connection is closed after it.</param>
    /// <returns>The response; null when the connection was closed without one.</returns>
    /// <exception cref="TimeoutException">The service neither responded nor closed the connection within 15 seconds.</exception>
    public static async Task<RawResponse?> SendAsync(Uri service, byte[] request, bool isShort, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Host, service.Port, ct);
        var stream = client.GetStream();
        var response = new MemoryStream();

        try
        {
            await stream.WriteAsync(request, ct);
            if (isShort)
                client.Client.Shutdown(SocketShutdown.Send);

            await stream.CopyToAsync(response, ct).WaitAsync(Timeout, ct);
        }
        catch (IOException)
        {
            // The service may reject a request and close the connection before it has read the whole request.
        }

        return RawResponse.Read(response.ToArray());
    }

    /// <summary>Sends the first bytes of a request, or reads the first bytes of the response, and resets the connection.</summary>
    public static async Task CutAsync(Uri service, byte[] request, int sent, int read, CancellationToken ct)
    {
        // A TcpClient would shut the connection down before it closes it, so it would not reset it.
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
            // The service closed the connection first.
        }
    }
}
