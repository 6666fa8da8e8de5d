using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a specification: a header, the logical screen, then blocks up to the trailer. The copy leaves out comments, plain text and
/// application extensions. It keeps one application extension: the one that states how often an animation runs.
/// </summary>
internal static class Gif
{
    private const byte Trailer = 0x3B;
    private const int ScreenLength = 13;
    private const int WidthAt = 6;
    private const int HeightAt = 8;
    private const int FlagsAt = 10;
    private const int BackgroundAt = 11;

    // Browsers count a frame as soon as they know its rectangle.
    private const int RectangleLength = 8;

    public static bool IsStartOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    public static void Walk(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        var screen = input.Take(ScreenLength, "the logical screen").ToArray();
        var colors = TakeColors(ref input, screen[FlagsAt]);
        var frames = new GifFrames(canvas, ScreenSize(screen), colors.ToArray());
        ReadBlocks(ref input, frames);

        if (canvas.Frames == 0)
            throw ImageRefusedException.Malformed("The file ends, or has an invalid block, before its first frame", input.Position);

        BinaryPrimitives.WriteUInt16LittleEndian(screen.AsSpan(WidthAt), (ushort)canvas.Size.Width);
        BinaryPrimitives.WriteUInt16LittleEndian(screen.AsSpan(HeightAt), (ushort)canvas.Size.Height);
        output.Append(screen);
        output.Append(frames.CleanSharedColors(screen[BackgroundAt]));
        frames.Parts.CopyTo(output, input);
        output.Append([Trailer]);
    }

    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ScreenLength)
            return null;

        var size = ScreenSize(bytes);
        return (size.Width, size.Height);
    }

    /// <param name="flags">
    /// Sections 18 to 20. Bit 7: a table follows. Bits 0 to 2: the table has 2 to the power of (this number + 1) colors.
    /// </param>
    public static ReadOnlySpan<byte> TakeColors(ref ByteReader input, byte flags) =>
        (flags & 0x80) == 0 ? [] : input.Take(3 * (2 << (flags & 7)), "a color table");

    // Chromium shows nothing if an invalid block comes before the first frame. Later, it treats an invalid block as the end. A missing
    // trailer or an incomplete extension at the end are such blocks, too.
    private static void ReadBlocks(ref ByteReader input, GifFrames frames)
    {
        var isValid = true;

        while (isValid && !input.AtEnd)
        {
            var introducer = input.TakeByte("a block");
            isValid = false;

            if (introducer == GifExtension.Introducer)
            {
                isValid = GifExtension.TryRead(ref input, frames);
            }
            else if (introducer == GifDescriptor.Separator && input.Rest.Length >= RectangleLength)
            {
                frames.Read(ref input);
                isValid = true;
            }
        }
    }

    private static ImageSize ScreenSize(ReadOnlySpan<byte> screen) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(screen[WidthAt..]),
        BinaryPrimitives.ReadUInt16LittleEndian(screen[HeightAt..]));
}
