using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a specification: a header, the logical screen, then blocks up to the trailer. The copy leaves out comments, plain text and
/// application extensions. It keeps one application extension: the one that states how often an animation runs.
/// </summary>
internal static class Gif
{
    private const byte ImageSeparator = 0x2C;
    private const byte Trailer = 0x3B;
    private const int ScreenLength = 13;
    private const int WidthAt = 6;
    private const int HeightAt = 8;
    private const int FlagsAt = 10;

    public static bool IsStartOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    public static void Walk(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        ReadScreen(ref input, output, canvas);
        var frames = new GifFrames(canvas);

        // Some programs write no trailer, and some write invalid bytes between blocks. GIF87a asks decoders to search for the next image.
        // Browsers search only before the first image: after an image, they treat an invalid byte as the end. This loop does the same.
        while (!input.AtEnd)
        {
            var introducer = input.TakeByte("a block");

            if (introducer == GifExtension.Introducer)
                GifExtension.Read(ref input, output, frames);
            else if (introducer == ImageSeparator)
                frames.Read(ref input, output);
            else if (introducer == Trailer || canvas.Frames > 0)
                break;
        }

        if (canvas.Frames == 0)
            throw ImageRefusedException.Malformed("The file ends without a frame", input.Position);

        output.Append([Trailer]);
    }

    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ScreenLength)
            return null;

        var width = BinaryPrimitives.ReadUInt16LittleEndian(bytes[WidthAt..]);
        var height = BinaryPrimitives.ReadUInt16LittleEndian(bytes[HeightAt..]);
        return (width, height);
    }

    private static void ReadScreen(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        var start = input.Take(ScreenLength, "the logical screen");
        output.Append(start);
        canvas.SetSize(
            BinaryPrimitives.ReadUInt16LittleEndian(start[WidthAt..]),
            BinaryPrimitives.ReadUInt16LittleEndian(start[HeightAt..]),
            WidthAt);
        output.Append(TakeColors(ref input, start[FlagsAt]));
    }

    /// <param name="flags">
    /// Sections 18 to 20. Bit 7: a table follows. Bits 0 to 2: the table has 2 to the power of (this number + 1) colors.
    /// </param>
    public static ReadOnlySpan<byte> TakeColors(ref ByteReader input, byte flags) =>
        (flags & 0x80) == 0 ? [] : input.Take(3 * (2 << (flags & 7)), "a color table");
}
