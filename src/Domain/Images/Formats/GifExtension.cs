namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a sections 23 to 26: the extensions. Two of them belong to the image: graphic control and the loop count. This class follows the
/// decoder of Chromium.
/// </summary>
internal static class GifExtension
{
    public const byte Introducer = 0x21;
    public const byte GraphicControl = 0xF9;
    public const byte Application = 0xFF;

    private const int ControlLength = 4;

    /// <returns>False if the extension is malformed or the file ends before it does.</returns>
    public static bool TryRead(ref ByteReader input, GifFrames frames)
    {
        if (input.AtEnd)
            return false;

        var label = input.TakeByte("an extension");

        if (label == GraphicControl)
            return TryReadControl(ref input, frames);

        if (!TryTakeBlock(ref input, out var first))
            return false;

        var isLoop = label == Application && (first.SequenceEqual("NETSCAPE2.0"u8) || first.SequenceEqual("ANIMEXTS1.0"u8));

        if (isLoop)
        {
            if (!TryTakeBlock(ref input, out var count))
                return false;

            // Sub-block 1 states how often the animation runs, in two bytes. An empty sub-block does not end this extension.
            if (count is [1, _, _])
                frames.SetLoop([Introducer, Application, (byte)first.Length, .. first, (byte)count.Length, .. count, 0]);
        }
        else if (first.IsEmpty)
        {
            return true;
        }

        while (TryTakeBlock(ref input, out var next))
        {
            if (next.IsEmpty)
                return true;
        }

        return false;
    }

    private static bool TryReadControl(ref ByteReader input, GifFrames frames)
    {
        if (!TryTakeBlock(ref input, out var control) || control.Length != ControlLength)
            return false;
        if (input.AtEnd || input.TakeByte("a graphic control") != 0)
            return false;

        frames.Control = control.ToArray();
        return true;
    }

    /// <param name="block">The content of a sub-block. The sub-block that ends a chain is empty.</param>
    /// <returns>False if the file ends before the sub-block does.</returns>
    private static bool TryTakeBlock(ref ByteReader input, out ReadOnlySpan<byte> block)
    {
        block = default;

        if (input.AtEnd || input.Rest.Length - 1 < input.Rest[0])
            return false;

        block = input.Take(input.TakeByte("a sub-block"), "a sub-block");
        return true;
    }
}
