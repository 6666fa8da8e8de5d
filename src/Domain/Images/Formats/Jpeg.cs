using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>JPEG, ITU-T T.81 annex B: marker segments up to the frame header (SOF), which states the size.</summary>
internal static class Jpeg
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, ..];

    public static ImageSize? ReadSize(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[2..];

        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            var marker = rest[1];

            // A marker may be preceded by any number of fill bytes.
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }

            if (marker is StartOfScan or EndOfImage)
                return null;

            if (IsFrameHeader(marker))
                return ReadFrameHeader(rest[2..]);

            // A segment's length counts its own two bytes.
            var length = IsStandalone(marker) ? 0 : Math.Max((ushort)2, BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));

            if (length > rest.Length - 2)
                return null;

            rest = rest[(2 + length)..];
        }

        return null;
    }

    // Length (2), sample precision (1), number of lines (2), samples per line (2). Zero lines leave the height to a later
    // DNL segment, which nobody writes; such a file counts as malformed.
    private static ImageSize? ReadFrameHeader(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 7)
            return null;

        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[5..]);
        return width > 0 && height > 0 ? new(width, height) : null;
    }

    // SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC), which share the range.
    private static bool IsFrameHeader(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    // TEM and RST0 to RST7 have no segment.
    private static bool IsStandalone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD7);
}
