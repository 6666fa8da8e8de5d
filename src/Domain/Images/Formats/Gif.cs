using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a specification: a header, the logical screen, then blocks up to the trailer. Comments, plain text and the extensions of applications
/// are left out, but for the one that says how often an animation runs.
/// </summary>
internal static class Gif
{
    private const byte ImageSeparator = 0x2C;
    private const byte Trailer = 0x3B;
    private const int ScreenLength = 13;
    private const int WidthAt = 6;

    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    public static void Walk(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        ReadScreen(ref input, output, canvas);
        var frames = new GifFrames(canvas);

        // Some writers forget the trailer, and some leave rubbish between blocks. GIF87a asks to search for the next image; browsers do less: they
        // take rubbish after an image for the end. Before the first image there is nothing to lose by searching.
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
            throw ImageRefusedException.Malformed("The file has no frame", input.Position);

        output.Append([Trailer]);
    }

    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> bytes) => bytes.Length < ScreenLength ? null :
        (BinaryPrimitives.ReadUInt16LittleEndian(bytes[WidthAt..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[(WidthAt + 2)..]));

    private static void ReadScreen(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        var start = input.Take(ScreenLength, "the logical screen");
        output.Append(start);
        canvas.SetSize(
            BinaryPrimitives.ReadUInt16LittleEndian(start[WidthAt..]),
            BinaryPrimitives.ReadUInt16LittleEndian(start[(WidthAt + 2)..]),
            WidthAt);
        output.Append(TakeColors(ref input, start[WidthAt + 4]));
    }

    /// <param name="flags">Bit 7: a table follows; bits 0 to 2: one less than the number of bits of its size (sections 18, 19 and 20).</param>
    public static ReadOnlySpan<byte> TakeColors(ref ByteReader input, byte flags) =>
        (flags & 0x80) == 0 ? [] : input.Take(3 * (2 << (flags & 7)), "a color table");
}
