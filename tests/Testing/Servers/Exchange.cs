using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GameImages.Testing.Servers;

/// <summary>A connection that sends requests byte for byte.</summary>
internal sealed class Exchange : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[16 * 1024];

    /// <param name="receiveBuffer">The size of the kernel's receive buffer in bytes; null for the kernel's default.</param>
    public static async Task<Exchange> OpenAsync(Uri address, CancellationToken ct, int? receiveBuffer = null)
    {
        var exchange = new Exchange();
        if (receiveBuffer is not null)
            exchange.socket.ReceiveBufferSize = receiveBuffer.Value;

        await exchange.socket.ConnectAsync(address.Host, address.Port, ct);
        return exchange;
    }

    public async Task SendAsync(byte[] request, CancellationToken ct)
    {
        for (var sent = 0; sent < request.Length;)
            sent += await socket.SendAsync(request.AsMemory(sent), ct);
    }

    /// <returns>The number of received bytes, at most 16 KiB.</returns>
    /// <exception cref="BrokenRunException">The server closed the connection.</exception>
    public async Task<int> ReceiveAsync(CancellationToken ct, int received = 0) =>
        await socket.ReceiveAsync(buffer.AsMemory(received), ct) is > 0 and var count
            ? count
            : throw new BrokenRunException("The server closed the connection before the end of a response.");

    /// <summary>Waits for the head of a response.</summary>
    /// <returns>The status.</returns>
    public async Task<int> ReceiveHeadAsync(CancellationToken ct)
    {
        var received = 0;

        do
            received += await ReceiveAsync(ct, received);
        while (buffer.AsSpan(0, received).IndexOf(EndOfHead) < 0);

        return int.Parse(Encoding.ASCII.GetString(buffer.AsSpan("HTTP/1.1 ".Length, 3)), CultureInfo.InvariantCulture);
    }

    public void Dispose() => socket.Dispose();
}
