namespace GameImages.Domain.Images.Formats;

/// <summary>PNG sections 5.6 and 5.7: which chunks there have been, which may come now, and which are worth keeping.</summary>
internal sealed class PngParts(PngHeader header, Canvas canvas)
{
    private readonly HashSet<uint> seen = [];
    private PngAnimation? animation;
    private uint previous = PngChunk.Header;

    public int PaletteEntries { get; private set; }

    public bool HasPalette => seen.Contains(PngChunk.Palette);

    public bool HasData => seen.Contains(PngChunk.Data);

    /// <returns>Whether the chunk belongs to the picture.</returns>
    /// <exception cref="ImageRefusedException">It must not stand here.</exception>
    public bool Keep(PngChunk chunk)
    {
        var keep = chunk.Type switch
        {
            PngChunk.Header => throw chunk.Refuse("is there twice"),
            PngChunk.Palette => KeepPalette(chunk),
            PngChunk.Data => KeepData(chunk),
            PngChunk.End => KeepEnd(chunk),
            PngChunk.AnimationControl => KeepAnimation(chunk),
            PngChunk.FrameControl => KeepFrameControl(chunk),
            PngChunk.FrameData => KeepFrameData(chunk),
            PngChunk.Exif => IsFirst(chunk),
            _ when !chunk.IsAncillary => throw chunk.Refuse("is critical, and unknown"),
            _ => PngAppearance.Keeps(chunk, header, this) && IsFirst(chunk),
        };

        previous = chunk.Type;
        return keep;
    }

    private bool IsFirst(PngChunk chunk) => seen.Add(chunk.Type);

    private bool KeepPalette(PngChunk chunk)
    {
        if (HasData)
            throw chunk.Refuse("comes after the image data");
        if (!IsFirst(chunk))
            throw chunk.Refuse("is there twice");
        if (chunk.Content.Length is 0 or > 3 * 256 || chunk.Content.Length % 3 != 0)
            throw chunk.Refuse($"has {chunk.Content.Length} bytes, which is no palette");

        PaletteEntries = chunk.Content.Length / 3;
        return !header.IsGray;
    }

    private bool KeepData(PngChunk chunk)
    {
        if (!IsFirst(chunk))
            return previous == PngChunk.Data ? true : throw chunk.Refuse("is apart from the other image data");
        if (header.IsIndexed && !HasPalette)
            throw chunk.Refuse("comes before the palette");

        // The default image may or may not be the first frame of an animation.
        if (animation?.TakesImageData() != true)
            canvas.AddFrame(chunk.Offset);

        return true;
    }

    private bool KeepEnd(PngChunk chunk)
    {
        chunk.CheckLength(0);

        if (!HasData)
            throw chunk.Refuse("comes before any image data");

        animation?.End(chunk);
        return true;
    }

    // After the image data, decoders no longer look for an animation.
    private bool KeepAnimation(PngChunk chunk)
    {
        if (HasData)
            return false;
        if (animation is not null)
            throw chunk.Refuse("is there twice");

        animation = new(chunk, canvas);
        return true;
    }

    private bool KeepFrameControl(PngChunk chunk)
    {
        animation?.Control(chunk, HasData);
        return animation is not null;
    }

    private bool KeepFrameData(PngChunk chunk)
    {
        animation?.Data(chunk, HasData);
        return animation is not null;
    }
}
