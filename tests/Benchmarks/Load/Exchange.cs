using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GameImages.Benchmarks.Load;

/// <summary>One connection on which requests are sent as they are.</summary>
internal sealed class Exchange : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[16 * 1024];

    /// <param name="receiveBuffer">How much the kernel may take before it is read, in bytes; its own choice unless given.</param>
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

    /// <returns>How many bytes came, at most 16 KiB.</returns>
    /// <exception cref="BrokenRunException">The server closed the connection.</exception>
    public async Task<int> ReceiveAsync(CancellationToken ct, int received = 0) =>
        await socket.ReceiveAsync(buffer.AsMemory(received), ct) is > 0 and var count
            ? count
            : throw new BrokenRunException("The server closed a connection.");

    /// <returns>The status of the answer, as soon as its head is there.</returns>
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
