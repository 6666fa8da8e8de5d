using System.Buffers.Binary;
using System.Net;

namespace GameImages.WebApi.Images;

/// <summary>
/// The network that counts as one client: an IPv4 address, or the /64 of an IPv6 address, because every subscriber gets at least a
/// /64. An IPv6 address that is derived from an IPv4 address counts as that IPv4 address. These are IPv4-mapped addresses (RFC
/// 4291), 6to4 (RFC 3056, where one IPv4 address has 65,536 networks of /64), Teredo (RFC 4380) and NAT64 (RFC 6052, where all
/// IPv4 addresses share one /64).
/// </summary>
internal readonly record struct ClientNetwork(ulong Prefix, bool IsIPv4)
{
    private const ulong Nat64 = 0x0064_FF9B_0000_0000;
    private const ulong SixToFour = 0x2002;
    private const ulong Teredo = 0x2001_0000;

    /// <param name="address">Null if the connection has no address, as over a Unix socket. All such connections are one client.</param>
    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is null)
            return default;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);

        if (length == 4)
            return IPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes));

        var prefix = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var suffix = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);

        return prefix switch
        {
            0 when suffix >> 32 == 0xFFFF => IPv4(suffix),
            Nat64 when suffix >> 32 == 0 => IPv4(suffix),
            _ when prefix >> 48 == SixToFour => IPv4(prefix >> 16),
            _ when prefix >> 32 == Teredo => IPv4(~suffix),
            _ => new(prefix, IsIPv4: false),
        };
    }

    // The hash has a random seed, so an attacker cannot choose networks that share one bucket.
    public override int GetHashCode() => HashCode.Combine(Prefix, IsIPv4);

    // The lower 32 bits are the address.
    private static ClientNetwork IPv4(ulong address) => new((uint)address, IsIPv4: true);
}
