using static GameImages.Domain.Images.Formats.JpegExifFields;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Writes what EXIF states about how an image looks: the orientation, and the size for which it was made. Browsers lay out the image with
/// that size if it fits the resolution that EXIF states.
/// </summary>
internal static class JpegExif
{
    private const int Inch = 2;
    private const int UsualResolution = 72;

    /// <returns>A segment that states the same and nothing else, or null if there is nothing to state.</returns>
    public static byte[]? Write(JpegExifFields fields, ImageSize size)
    {
        var orientation = (ushort)Math.Max(fields[Orientation], Exif.Upright);

        if (IsResized(fields, size))
            return Segment(WriteResized(orientation, size, (uint)fields[SizeX], (uint)fields[SizeY]));

        return orientation == Exif.Upright ? null : Segment(Exif.Write(orientation));
    }

    private static bool IsResized(JpegExifFields fields, ImageSize size) =>
        fields[ResolutionUnit] == Inch
        && (fields[SizeX] != size.Width || fields[SizeY] != size.Height)
        && Fits(fields[SizeX], size.Width, fields[ResolutionX])
        && Fits(fields[SizeY], size.Height, fields[ResolutionY]);

    private static bool Fits(double length, int pixels, double resolution) =>
        length > 0 && resolution > 0 && Math.Round(pixels * UsualResolution / resolution, MidpointRounding.AwayFromZero) == length;

    // The resolution follows from the sizes, so it hides nothing.
    private static byte[] WriteResized(ushort orientation, ImageSize size, uint width, uint height)
    {
        const int directoryAt = 8 + 2 + 5 * 12 + 4;
        const int resolutionsAt = directoryAt + 2 + 2 * 12 + 4;

        return
        [
            .. "MM\0*"u8, .. Number(8),
            0, 5,
            .. Entry(Orientation, Short, (uint)orientation << 16),
            .. Entry(ResolutionX, Rational, resolutionsAt),
            .. Entry(ResolutionY, Rational, resolutionsAt + 8),
            .. Entry(ResolutionUnit, Short, Inch << 16),
            .. Entry(JpegExifFields.Directory, Long, directoryAt),
            .. Number(0),
            0, 2,
            .. Entry(SizeX, Long, width),
            .. Entry(SizeY, Long, height),
            .. Number(0),
            .. Number((uint)(UsualResolution * size.Width)), .. Number(width),
            .. Number((uint)(UsualResolution * size.Height)), .. Number(height),
        ];
    }

    private static byte[] Entry(ushort field, ushort type, uint value) =>
        [(byte)(field >> 8), (byte)field, 0, (byte)type, .. Number(1), .. Number(value)];

    private static byte[] Number(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Segment(byte[] tiff) => JpegSegment.Write(JpegSegment.App1, [.. Exif.Prefix, .. tiff]);
}
