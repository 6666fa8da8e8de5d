using System.Buffers.Binary;
using System.Net;

namespace GameImages.WebApi.Images;

/// <summary>Who is counted as one client: an IPv4 address, or the /64 of an IPv6 address, since nobody has less than a /64.</summary>
internal readonly record struct ClientNetwork(ulong Prefix, bool IsIPv4)
{
    /// <param name="address">Null where the connection has none, as over a Unix socket: all those are one client.</param>
    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is null)
            return default;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);

        return length == 4 || address.IsIPv4MappedToIPv6
            ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes[(length - 4)..]), IsIPv4: true)
            : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), IsIPv4: false);
    }

    // Seeded: the owner of many networks cannot choose ones that meet in one bucket.
    public override int GetHashCode() => HashCode.Combine(Prefix, IsIPv4);
}
