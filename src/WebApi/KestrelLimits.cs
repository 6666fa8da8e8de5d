using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace GameImages.WebApi;

/// <summary>What one connection, and all of them, may cost. The size of a body is limited by that of its pictures instead.</summary>
internal static class KestrelLimits
{
    // Per connection, on top of what a request itself holds.
    private const int ReadAheadBytes = 128 * 1024;

    // 64 kbit/s, less than any phone has. An upload has a time limit of its own.
    private static readonly MinDataRate SlowestPeer = new(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    public static void Set(KestrelServerOptions kestrel)
    {
        // What runs here, and in which version, is nobody's business.
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

        // The longest path has 80 characters; a cursor and filters make it some hundreds.
        limits.MaxRequestLineSize = 4 * 1024;
        // A token that names the 200 guilds that a Discord user may be in has 7 KB.
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        // A browser sends twenty, and a proxy adds ten.
        limits.MaxRequestHeaderCount = 64;
        // Headers come in one or two packets; who trickles them keeps a connection for nothing.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Longer than the 60 s of the usual proxies, so that they close first and no request meets a closing connection.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.CloseSilentConnections());

        limits.MinRequestBodyDataRate = SlowestPeer;
        limits.MinResponseDataRate = SlowestPeer;

        limits.MaxRequestBufferSize = ReadAheadBytes;
        // What a slow reader leaves.
        limits.MaxResponseBufferSize = 64 * 1024;
        // With those buffers less than 1 GB; a connection too many is closed at once, instead of slowing down the others.
        limits.MaxConcurrentConnections = 4096;
        // Nothing here speaks WebSocket.
        limits.MaxConcurrentUpgradedConnections = 0;

        // A page of pictures at once; each stream holds buffers of its own.
        limits.Http2.MaxStreamsPerConnection = 32;
        // No single field may be longer than all of them over HTTP/1.1.
        limits.Http2.MaxRequestHeaderFieldSize = 16 * 1024;
        // The windows are what a peer may send before it is read: an eighth of Kestrel's own for each stream.
        limits.Http2.InitialStreamWindowSize = 96 * 1024;
        limits.Http2.InitialConnectionWindowSize = 512 * 1024;
        // A peer that is gone without a word is found out, also while nothing is sent.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }

    /// <summary>The socket reads ahead by itself, and by default 1 MiB; Kestrel's own limit is for what is behind TLS.</summary>
    public static void Set(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = ReadAheadBytes;
}
