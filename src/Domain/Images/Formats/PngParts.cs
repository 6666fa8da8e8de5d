namespace GameImages.Domain.Images.Formats;

/// <summary>
/// PNG sections 5.6 and 5.7: the chunks read so far. It checks their order, and decides which ones belong to the image.
/// </summary>
internal sealed class PngParts(PngHeader header, Canvas canvas)
{
    private readonly HashSet<uint> seen = [];
    private PngAnimation? animation;
    private uint previous = PngChunk.Header;

    public int PaletteEntries { get; private set; }

    public bool HasPalette => seen.Contains(PngChunk.Palette);

    public bool HasData => seen.Contains(PngChunk.Data);

    /// <returns>Whether the chunk belongs to the image.</returns>
    /// <exception cref="ImageRefusedException">The chunk must not come here.</exception>
    public bool Add(PngChunk chunk)
    {
        var belongs = chunk.Type switch
        {
            PngChunk.Header => throw chunk.Refuse("comes twice"),
            PngChunk.Palette => AddPalette(chunk),
            PngChunk.Data => AddData(chunk),
            PngChunk.End => AddEnd(chunk),
            PngChunk.AnimationControl => AddAnimation(chunk),
            PngChunk.FrameControl => AddFrame(chunk),
            PngChunk.FrameData => AddFrameData(chunk),
            PngChunk.Exif => IsFirst(chunk),
            _ when !chunk.IsAncillary => throw chunk.Refuse("is critical, but unknown"),
            _ => PngAppearance.ShouldKeep(chunk, header, this) && IsFirst(chunk),
        };

        previous = chunk.Type;
        return belongs;
    }

    private bool IsFirst(PngChunk chunk) => seen.Add(chunk.Type);

    private bool AddPalette(PngChunk chunk)
    {
        if (HasData)
            throw chunk.Refuse("comes after the image data");
        if (!IsFirst(chunk))
            throw chunk.Refuse("comes twice");
        if (chunk.Content.Length is 0 or > 3 * 256 || chunk.Content.Length % 3 != 0)
            throw chunk.Refuse($"has {chunk.Content.Length} bytes; a palette has 1 to 256 colors of 3 bytes each");

        PaletteEntries = chunk.Content.Length / 3;
        return !header.IsGray;
    }

    private bool AddData(PngChunk chunk)
    {
        var isFirst = IsFirst(chunk);

        if (!isFirst && previous != PngChunk.Data)
            throw chunk.Refuse("does not directly follow the other image data");
        if (!isFirst)
            return true;
        if (header.IsIndexed && !HasPalette)
            throw chunk.Refuse("comes before the palette");

        // The default image may or may not be the first frame of an animation.
        if (animation?.AddImageData() != true)
            canvas.AddFrame(chunk.Offset);

        return true;
    }

    private bool AddEnd(PngChunk chunk)
    {
        chunk.CheckLength(0);

        if (!HasData)
            throw chunk.Refuse("comes before the image data");

        animation?.Finish(chunk);
        return true;
    }

    // Decoders ignore this chunk after the image data.
    private bool AddAnimation(PngChunk chunk)
    {
        if (HasData)
            return false;
        if (animation is not null)
            throw chunk.Refuse("comes twice");

        animation = new(chunk, canvas);
        return true;
    }

    private bool AddFrame(PngChunk chunk)
    {
        animation?.AddFrame(chunk, HasData);
        return animation is not null;
    }

    private bool AddFrameData(PngChunk chunk)
    {
        animation?.AddFrameData(chunk, HasData);
        return animation is not null;
    }
}
