using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The fields of EXIF (CIPA DC-008, section 4.6) that browsers use: the orientation, and the size for which the image was made. The size
/// counts only if it fits the resolution, and browsers then lay out the image with it.
/// </summary>
internal sealed class JpegExif
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ResolutionXTag = 0x011A;
    private const ushort ResolutionYTag = 0x011B;
    private const ushort ResolutionUnitTag = 0x0128;
    private const ushort DirectoryTag = 0x8769;
    private const ushort SizeXTag = 0xA002;
    private const ushort SizeYTag = 0xA003;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const int EntryLength = 12;
    private const int Inch = 2;
    private const int UsualResolution = 72;

    private readonly Dictionary<ushort, double> fields = [];

    private JpegExif()
    {
    }

    /// <param name="tiff">The TIFF structure of the first EXIF segment. Browsers read no other one.</param>
    public static JpegExif Read(ReadOnlySpan<byte> tiff)
    {
        var exif = new JpegExif();

        if (tiff.Length >= 8 && (tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            exif.ReadDirectory(tiff, ReadUInt32(tiff[4..], tiff[0] == 'I'), tiff[0] == 'I', isFirst: true);

        return exif;
    }

    /// <returns>The segment that states the same to browsers and nothing else, or null if there is nothing to state.</returns>
    public byte[]? Write(ImageSize size)
    {
        var orientation = (int)Field(OrientationTag, Exif.Upright);
        var isResized = IsResized(size);

        if (orientation == Exif.Upright && !isResized)
            return null;

        var tiff = isResized
            ? WriteResized(orientation, size, (uint)Field(SizeXTag, 0), (uint)Field(SizeYTag, 0))
            : Exif.Write(orientation);
        return JpegSegment.Write(JpegSegment.App1, [.. Exif.Prefix, .. tiff]);
    }

    private bool IsResized(ImageSize size)
    {
        var width = Field(SizeXTag, 0);
        var height = Field(SizeYTag, 0);
        var x = Field(ResolutionXTag, 0);
        var y = Field(ResolutionYTag, 0);

        return Field(ResolutionUnitTag, 0) == Inch
            && width > 0 && height > 0 && x > 0 && y > 0
            && (width != size.Width || height != size.Height)
            && Math.Round(size.Width * UsualResolution / x, MidpointRounding.AwayFromZero) == width
            && Math.Round(size.Height * UsualResolution / y, MidpointRounding.AwayFromZero) == height;
    }

    // The resolution follows from the sizes, so it hides nothing.
    private static byte[] WriteResized(int orientation, ImageSize size, uint width, uint height)
    {
        const int directoryAt = 8 + 2 + 5 * EntryLength + 4;
        const int resolutionsAt = directoryAt + 2 + 2 * EntryLength + 4;

        return
        [
            .. "MM\0*"u8, .. Number(8),
            0, 5,
            .. Entry(OrientationTag, Short, (uint)orientation << 16),
            .. Entry(ResolutionXTag, Rational, resolutionsAt),
            .. Entry(ResolutionYTag, Rational, resolutionsAt + 8),
            .. Entry(ResolutionUnitTag, Short, Inch << 16),
            .. Entry(DirectoryTag, Long, directoryAt),
            .. Number(0),
            0, 2,
            .. Entry(SizeXTag, Long, width),
            .. Entry(SizeYTag, Long, height),
            .. Number(0),
            .. Number((uint)(UsualResolution * size.Width)), .. Number(width),
            .. Number((uint)(UsualResolution * size.Height)), .. Number(height),
        ];
    }

    private static byte[] Entry(ushort tag, ushort type, uint value) =>
        [(byte)(tag >> 8), (byte)tag, 0, (byte)type, .. Number(1), .. Number(value)];

    private static byte[] Number(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private double Field(ushort tag, double otherwise) => fields.GetValueOrDefault(tag, otherwise);

    // A directory counts only if it is whole, with the position of the next directory after its entries.
    private void ReadDirectory(ReadOnlySpan<byte> tiff, uint at, bool littleEndian, bool isFirst)
    {
        if (at > tiff.Length - 2)
            return;

        var entries = tiff[((int)at + 2)..];
        var count = ReadUInt16(tiff[(int)at..], littleEndian);

        if (entries.Length < EntryLength * count + 4)
            return;

        for (var i = 0; i < count; i++)
        {
            var entry = entries.Slice(EntryLength * i, EntryLength);
            var tag = ReadUInt16(entry, littleEndian);
            var type = ReadUInt16(entry[2..], littleEndian);
            var isSingle = ReadUInt32(entry[4..], littleEndian) == 1;

            if (isSingle && tag == DirectoryTag && type == Long && isFirst)
                ReadDirectory(tiff, ReadUInt32(entry[8..], littleEndian), littleEndian, isFirst: false);
            else if (isSingle && ReadValue(tiff, tag, type, entry[8..], littleEndian) is { } value)
                fields.TryAdd(tag, value);
        }
    }

    // The first valid value of a field counts.
    private static double? ReadValue(ReadOnlySpan<byte> tiff, ushort tag, ushort type, ReadOnlySpan<byte> value, bool littleEndian)
    {
        switch (tag)
        {
            case OrientationTag when type == Short:
                var orientation = ReadUInt16(value, littleEndian);
                return orientation is >= 1 and <= 8 ? orientation : null;
            case ResolutionUnitTag or SizeXTag or SizeYTag when type == Short:
                return ReadUInt16(value, littleEndian);
            case SizeXTag or SizeYTag when type == Long:
                return ReadUInt32(value, littleEndian);
            case ResolutionXTag or ResolutionYTag when type == Rational:
                var at = ReadUInt32(value, littleEndian);
                return at <= tiff.Length - 8 ? Divide(tiff[(int)at..], littleEndian) : null;
            default:
                return null;
        }
    }

    private static double Divide(ReadOnlySpan<byte> rational, bool littleEndian) =>
        ReadUInt32(rational, littleEndian) / (double)ReadUInt32(rational[4..], littleEndian);

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
