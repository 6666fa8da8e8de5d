namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a sections 20 to 23: the frames. Each has its own rectangle, and may have a graphic control before it.</summary>
/// <param name="screen">The logical screen. If the first frame is larger, browsers enlarge the image.</param>
/// <param name="sharedColors">The color table of the frames that have no own one.</param>
internal sealed class GifFrames(Canvas canvas, ImageSize screen, byte[] sharedColors)
{
    // One pixel of color 0, in the codes 4, 0 and 5.
    private static readonly byte[] TransparentFrame = [GifDescriptor.Separator, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];

    // One pixel without codes. Browsers report it as an error, and draw nothing.
    private static readonly byte[] EmptyFrame = [GifDescriptor.Separator, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0];

    private readonly GifSlack slack = new();
    private readonly bool[] seen = new bool[256];
    private readonly GifFrameData data = new();
    private int? loop;

    public GifParts Parts { get; } = new();

    /// <summary>The graphic control of the next frame. Decoders use the last one before the frame.</summary>
    public byte[]? Control { get; set; }

    /// <summary>
    /// Decoders use the last loop extension. It replaces the first one, because some decoders expect it before the frames.
    /// </summary>
    public void SetLoop(byte[] extension)
    {
        if (loop is { } part)
            Parts.Replace(part, extension);
        else
            loop = Parts.Add(extension);
    }

    /// <summary>Reads a frame. The image separator has been read already.</summary>
    public void Read(ref ByteReader input)
    {
        var start = input.Position - 1;
        var frame = GifDescriptor.Of(input.Take(GifDescriptor.Length, "an image descriptor"));

        if (canvas.Frames == 0)
            canvas.SetSize((uint)Math.Max(screen.Width, frame.Right), (uint)Math.Max(screen.Height, frame.Bottom), start);

        canvas.AddLooseFrame((uint)frame.Left, (uint)frame.Top, (uint)frame.Width, (uint)frame.Height, start);

        var ownColors = Gif.TakeColors(ref input, frame.Flags);
        data.Read(ref input, frame);
        Write(frame, ownColors);
        canvas.CheckBytes(Parts.AddedBytes);
        Control = null;
    }

    /// <summary>Cleans the color table of the frames that have no own one.</summary>
    /// <param name="background">The color that some decoders draw where no frame is.</param>
    public ReadOnlySpan<byte> CleanSharedColors(byte background)
    {
        seen[background] = true;
        return CleanColors(sharedColors, seen);
    }

    private void Write(GifDescriptor frame, ReadOnlySpan<byte> ownColors)
    {
        var visible = frame.VisibleIn(canvas.Size);

        if (visible.Width == 0 || visible.Height == 0)
        {
            Parts.Add(GifControl.WriteTransparent(Control));
            Parts.Add(TransparentFrame);
            return;
        }

        var transparent = GifControl.TransparentColor(Control);
        var codes = data.Clean(visible, ownColors.IsEmpty ? sharedColors : ownColors, transparent, slack);

        if (Control is not null)
            Parts.Add(GifControl.Write(Control, slack));

        if (!data.HasPixels)
        {
            Parts.Add(EmptyFrame);
            return;
        }

        Parts.Add(CleanFlags(frame with { Width = visible.Width, Height = visible.Height }).Write());
        WriteColors(ownColors, transparent);

        if (codes is null)
            Parts.Keep(data.Range);
        else
            Parts.Add(codes);
    }

    private void WriteColors(ReadOnlySpan<byte> ownColors, int transparent)
    {
        if (transparent >= 0)
            data.Used[transparent] = false;

        if (!ownColors.IsEmpty)
            Parts.Add(CleanColors(ownColors, data.Used).ToArray());

        for (var i = 0; ownColors.IsEmpty && i < seen.Length; i++)
            seen[i] |= data.Used[i];
    }

    private GifDescriptor CleanFlags(GifDescriptor frame)
    {
        var clean = frame.Clean();
        return clean == frame || slack.Allows(1) ? frame : clean;
    }

    private ReadOnlySpan<byte> CleanColors(ReadOnlySpan<byte> colors, bool[] seen) =>
        slack.Allows(GifColors.CountUnseen(colors, seen)) ? colors : GifColors.WithoutUnseen(colors, seen);
}
