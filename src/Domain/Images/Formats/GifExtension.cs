namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a sections 23 to 26: the extensions. Two of them belong to the image: graphic control and the loop count.</summary>
internal static class GifExtension
{
    public const byte Introducer = 0x21;
    public const byte GraphicControl = 0xF9;
    private const byte Application = 0xFF;

    public static void Read(ref ByteReader input, CleanCopy output, GifFrames frames)
    {
        var offset = input.Position;
        var label = input.TakeByte("an extension");
        var first = TakeBlock(ref input);

        if (label == GraphicControl)
        {
            if (first.Length != 4)
                throw ImageRefusedException.Malformed($"A graphic control extension has {first.Length} bytes; it must have 4", offset);

            frames.Control = first.ToArray();
        }

        var isLoop = label == Application && (first.SequenceEqual("NETSCAPE2.0"u8) || first.SequenceEqual("ANIMEXTS1.0"u8));

        for (var next = first; next.Length > 0;)
        {
            next = TakeBlock(ref input);

            // Sub-block 1 states how often the animation runs, in two bytes.
            if (isLoop && !frames.HasLoop && next is [1, _, _])
            {
                frames.HasLoop = true;
                output.Append([Introducer, Application, (byte)first.Length, .. first, (byte)next.Length, .. next, 0]);
            }
        }
    }

    /// <returns>The content of a sub-block. The sub-block that ends a chain is empty.</returns>
    private static ReadOnlySpan<byte> TakeBlock(ref ByteReader input) => input.Take(input.TakeByte("a sub-block"), "a sub-block");
}
