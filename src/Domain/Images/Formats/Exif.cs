using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>Reads and writes the orientation, the only EXIF field (CIPA DC-008, section 4.6) that changes how the image looks.</summary>
internal static class Exif
{
    public const int Upright = 1;

    private const ushort OrientationTag = 0x0112;
    private const byte Short = 3;
    private const int EntryLength = 12;

    /// <summary>The bytes before the TIFF structure in JPEG files and in some WebP files.</summary>
    public static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <returns>1 to 8. It is 1 if the EXIF data states no orientation or is broken, which is no reason to refuse an image.</returns>
    public static int ReadOrientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith(Prefix))
            tiff = tiff[Prefix.Length..];
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return Upright;

        var littleEndian = tiff[0] == 'I';
        var directory = ReadUInt32(tiff[4..], littleEndian);

        if (directory > tiff.Length - 2)
            return Upright;

        var entries = tiff[((int)directory + 2)..];
        var count = Math.Min(ReadUInt16(tiff[(int)directory..], littleEndian), entries.Length / EntryLength);

        for (var i = 0; i < count; i++)
        {
            var entry = entries.Slice(i * EntryLength, EntryLength);

            if (ReadUInt16(entry, littleEndian) == OrientationTag)
                return ReadValue(entry, littleEndian);
        }

        return Upright;
    }

    /// <returns>A TIFF structure of one directory with one entry. One orientation always gives the same bytes.</returns>
    public static byte[] Write(int orientation) =>
        [
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
            0, 1,
            OrientationTag >> 8, OrientationTag & 0xFF, 0, Short, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
            0, 0, 0, 0,
        ];

    private static int ReadValue(ReadOnlySpan<byte> entry, bool littleEndian)
    {
        var isOneShort = ReadUInt16(entry[2..], littleEndian) == Short && ReadUInt32(entry[4..], littleEndian) == 1;
        var value = ReadUInt16(entry[8..], littleEndian);
        return isOneShort && value is >= 1 and <= 8 ? value : Upright;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
