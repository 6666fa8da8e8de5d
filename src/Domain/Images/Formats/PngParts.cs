namespace GameImages.Domain.Images.Formats;

/// <summary>PNG sections 5.6 and 5.7: checks the order of the chunks, and writes those that belong to the image.</summary>
internal sealed class PngParts(PngHeader header, Canvas canvas, CleanCopy output)
{
    // Fewer bits address only a few colors.
    private readonly PngPalette? palette = header is { IsIndexed: true, Depth: 8 } ? new(output) : null;
    private readonly PngAppearance appearance = new(header);
    private readonly PngAnimation animation = new(canvas, output);
    private readonly PngImageData data = new(header, output);
    private uint previous = PngChunk.Header;
    private bool hasData;

    /// <param name="file">The upload up to the end of the chunk.</param>
    /// <exception cref="ImageRefusedException">The chunk must not come here.</exception>
    public void Add(PngChunk chunk, ReadOnlySpan<byte> file)
    {
        var continues = chunk.Type == previous;

        if (!continues && !data.IsEmpty)
        {
            var isFrame = previous == PngChunk.FrameData;
            data.Write(file, isFrame ? animation.Frame : canvas.Size, isFrame ? animation : null, palette?.Indexes);
        }

        previous = chunk.Type;

        if (chunk.IsIntact)
            AddIntact(chunk, file, continues);
        else if (chunk.Type == PngChunk.FrameData)
            throw chunk.Refuse("does not fit its CRC");
    }

    private void AddIntact(PngChunk chunk, ReadOnlySpan<byte> file, bool continues)
    {
        switch (chunk.Type)
        {
            case PngChunk.Header:
                throw chunk.Refuse("comes twice");
            case PngChunk.Palette:
                AddPalette(chunk);
                break;
            case PngChunk.Data:
                AddData(chunk, continues);
                break;
            case PngChunk.End:
                AddEnd(chunk);
                break;
            case PngChunk.AnimationControl:
                AddAnimation(chunk, file);
                break;
            case PngChunk.FrameControl:
                animation.AddFrame(chunk, hasData);
                break;
            case PngChunk.FrameData:
                AddFrameData(chunk, continues);
                break;
            case var _ when !chunk.IsAncillary:
                throw chunk.Refuse("is critical, but unknown");
            default:
                Write(chunk, appearance.Clean(chunk, hasData));
                break;
        }
    }

    private void Write(PngChunk chunk, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            return;

        if (palette is not null && chunk.Type == PngChunk.Palette)
            palette.WriteColors(content);
        else if (palette is not null && chunk.Type == PngChunk.Transparency)
            palette.WriteAlphas(content);
        else
            PngChunk.Write(output, chunk.Type, content);
    }

    private void AddPalette(PngChunk chunk)
    {
        if (hasData)
            throw chunk.Refuse("comes after the image data");
        if (appearance.HasPalette)
            throw chunk.Refuse("comes twice");
        if (chunk.Content.Length is 0 or > 3 * 256 || chunk.Content.Length % 3 != 0)
            throw chunk.Refuse($"has {chunk.Content.Length} bytes; a palette has 1 to 256 colors of 3 bytes each");

        Write(chunk, appearance.CleanPalette(chunk.Content));
    }

    private void AddData(PngChunk chunk, bool continues)
    {
        if (hasData && !continues)
            throw chunk.Refuse("does not directly follow the other image data");
        if (header.IsIndexed && !appearance.HasPalette)
            throw chunk.Refuse("comes before the palette");

        // The default image may or may not be the first frame of an animation.
        if (!hasData && !animation.AddImageData())
            canvas.AddFrame(chunk.Offset);

        hasData = true;
        data.Add(chunk.ContentRange);
    }

    private void AddEnd(PngChunk chunk)
    {
        chunk.CheckLength(0);

        if (!hasData)
            throw chunk.Refuse("comes before the image data");

        animation.Finish(chunk);
        palette?.Finish();
        output.Append(chunk.Whole);
    }

    // Decoders ignore this chunk after the image data.
    private void AddAnimation(PngChunk chunk, ReadOnlySpan<byte> file)
    {
        if (!hasData)
            animation.Add(chunk, file);
    }

    private void AddFrameData(PngChunk chunk, bool continues)
    {
        if (animation.AddData(chunk, hasData, continues))
            data.Add((chunk.ContentRange.Start.Value + 4)..chunk.ContentRange.End);
    }
}
