using System.Net;
using System.Net.Sockets;

namespace GameImages.Testing.Servers;

/// <summary>The ports of servers on this machine.</summary>
internal static class Ports
{
    /// <returns>A port that no server uses.</returns>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<bool> IsListeningAsync(int port, CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
