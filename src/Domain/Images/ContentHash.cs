using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace GameImages.Domain.Images;

/// <summary>The SHA-256 (FIPS 180-4) of the stored bytes of an image. Images with equal hashes have the same bytes.</summary>
public readonly record struct ContentHash : IComparable<ContentHash>
{
    private readonly UInt128 high;
    private readonly UInt128 low;

    private ContentHash(ReadOnlySpan<byte> digest)
    {
        high = BinaryPrimitives.ReadUInt128BigEndian(digest);
        low = BinaryPrimitives.ReadUInt128BigEndian(digest[16..]);
    }

    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, digest);
        return new(digest);
    }

    /// <exception cref="BrokenRuleException">The digest is not 32 bytes long.</exception>
    public static ContentHash FromDigest(ReadOnlySpan<byte> digest) =>
        digest.Length == SHA256.HashSizeInBytes
            ? new(digest)
            : throw new BrokenRuleException("Image", $"A content hash must have {SHA256.HashSizeInBytes} bytes, not {digest.Length}.");

    /// <param name="text">64 hexadecimal digits, in upper or lower case. No other text is a hash.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentHash hash)
    {
        var isHash = text?.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);
        hash = isHash ? new(Convert.FromHexString(text!)) : default;
        return isHash;
    }

    public byte[] ToDigest()
    {
        var digest = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(digest, high);
        BinaryPrimitives.WriteUInt128BigEndian(digest.AsSpan(16), low);
        return digest;
    }

    /// <summary>Compares the bytes from the first to the last, as PostgreSQL compares bytea.</summary>
    public int CompareTo(ContentHash other) => high == other.high ? low.CompareTo(other.low) : high.CompareTo(other.high);

    /// <returns>64 lower-case hexadecimal digits.</returns>
    public override string ToString() => Convert.ToHexStringLower(ToDigest());

    public static bool operator <(ContentHash left, ContentHash right) => left.CompareTo(right) < 0;
    public static bool operator >(ContentHash left, ContentHash right) => left.CompareTo(right) > 0;
    public static bool operator <=(ContentHash left, ContentHash right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ContentHash left, ContentHash right) => left.CompareTo(right) >= 0;
}
