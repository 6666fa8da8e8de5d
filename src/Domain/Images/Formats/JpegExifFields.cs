using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>Reads the few fields of EXIF (CIPA DC-008, section 4.6) that browsers use. The first valid value of a field counts.</summary>
internal sealed class JpegExifFields
{
    public const ushort Orientation = 0x0112;
    public const ushort ResolutionX = 0x011A;
    public const ushort ResolutionY = 0x011B;
    public const ushort ResolutionUnit = 0x0128;
    public const ushort Directory = 0x8769;
    public const ushort SizeX = 0xA002;
    public const ushort SizeY = 0xA003;

    public const ushort Short = 3;
    public const ushort Long = 4;
    public const ushort Rational = 5;

    private const int EntryLength = 12;

    private readonly Dictionary<ushort, double> values = [];
    private readonly bool isLittleEndian;

    public JpegExifFields(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return;

        isLittleEndian = tiff[0] == 'I';
        ReadDirectory(tiff, ReadUInt32(tiff[4..]), isFirst: true);
    }

    /// <returns>The value, or 0 if the field is missing.</returns>
    public double this[ushort field] => values.GetValueOrDefault(field);

    // A directory counts only if it is whole, with the position of the next directory after its entries.
    private void ReadDirectory(ReadOnlySpan<byte> tiff, uint at, bool isFirst)
    {
        if (at > tiff.Length - 2)
            return;

        var entries = tiff[((int)at + 2)..];
        var count = ReadUInt16(tiff[(int)at..]);

        if (entries.Length < EntryLength * count + 4)
            return;

        for (; count > 0; count--, entries = entries[EntryLength..])
        {
            var field = ReadUInt16(entries);
            var type = ReadUInt16(entries[2..]);
            var value = entries.Slice(8, 4);

            if (ReadUInt32(entries[4..]) != 1)
                continue;
            if (field == Directory && type == Long && isFirst)
            {
                // Only one directory is read, so that the time does not grow with the square of the length.
                isFirst = false;
                ReadDirectory(tiff, ReadUInt32(value), isFirst: false);
            }
            else if (ReadValue(tiff, field, type, value) is { } read)
                values.TryAdd(field, read);
        }
    }

    private double? ReadValue(ReadOnlySpan<byte> tiff, ushort field, ushort type, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case Orientation when type == Short:
                var orientation = ReadUInt16(value);
                return orientation is >= 1 and <= 8 ? orientation : null;
            case ResolutionUnit or SizeX or SizeY when type == Short:
                return ReadUInt16(value);
            case SizeX or SizeY when type == Long:
                return ReadUInt32(value);
            case ResolutionX or ResolutionY when type == Rational:
                var at = ReadUInt32(value);
                return at <= tiff.Length - 8 ? Divide(tiff[(int)at..]) : null;
            default:
                return null;
        }
    }

    private double Divide(ReadOnlySpan<byte> rational) => ReadUInt32(rational) / (double)ReadUInt32(rational[4..]);

    private ushort ReadUInt16(ReadOnlySpan<byte> bytes) =>
        isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private uint ReadUInt32(ReadOnlySpan<byte> bytes) =>
        isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
