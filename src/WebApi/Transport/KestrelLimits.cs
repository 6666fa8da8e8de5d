using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace GameImages.WebApi.Transport;

/// <summary>
/// The most that one connection, and all connections together, may use. The settings of images limit the size of a body instead.
/// </summary>
internal static class KestrelLimits
{
    // For each connection, in addition to the memory that a request itself uses.
    private const int ReadAheadBytes = 128 * 1024;

    // 64 kbit/s; every phone is faster. An upload has a time limit of its own.
    private static readonly MinDataRate SlowestPeer = new(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    public static void Set(KestrelServerOptions kestrel, TimeProvider time)
    {
        // The header would tell attackers which server runs here.
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = RequestHeaderEncoding.Of;
        var limits = kestrel.Limits;

        // The longest path has 80 characters. A cursor and filters add a few hundred.
        limits.MaxRequestLineSize = 4 * 1024;
        // A Discord user may be in 200 guilds. A token that names all of them has 7 KB.
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        // A browser sends twenty headers, and a proxy adds ten.
        limits.MaxRequestHeaderCount = 64;
        // Headers arrive in one or two packets. A client that sends them slowly would only occupy a connection.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Proxies usually close an idle connection after 60 s. The proxy has to close it first, so that no request arrives over a
        // connection that the service is closing.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseFirstByteTimeout(time));

        limits.MinRequestBodyDataRate = SlowestPeer;
        limits.MinResponseDataRate = SlowestPeer;

        limits.MaxRequestBufferSize = ReadAheadBytes;
        // The bytes that a slow client has not received yet.
        limits.MaxResponseBufferSize = 64 * 1024;
        // With these buffers, the connections use less than 1 GB. Kestrel closes each further connection at once, so that it does not
        // slow down the others.
        limits.MaxConcurrentConnections = 4096;
        // The service does not support WebSocket.
        limits.MaxConcurrentUpgradedConnections = 0;

        // A page loads many images at once, and each stream has buffers of its own.
        limits.Http2.MaxStreamsPerConnection = 32;
        // The limit of all headers of a request over HTTP/1.1.
        limits.Http2.MaxRequestHeaderFieldSize = 16 * 1024;
        // A window is the number of bytes that a client may send before the service has read them. The window of a stream is an eighth of
        // Kestrel's default.
        limits.Http2.InitialStreamWindowSize = 96 * 1024;
        limits.Http2.InitialConnectionWindowSize = 512 * 1024;
        // Pings detect a lost connection even when neither side sends anything.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }

    /// <summary>The socket has a read buffer of its own, by default 1 MiB. Kestrel's limit applies only to data behind TLS.</summary>
    public static void Set(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = ReadAheadBytes;
}
