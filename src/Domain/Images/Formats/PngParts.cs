namespace GameImages.Domain.Images.Formats;

/// <summary>PNG sections 5.6 and 5.7: checks the order of the chunks, and writes those that belong to the image.</summary>
internal sealed class PngParts(PngHeader header, Canvas canvas, CleanCopy output)
{
    // Fewer bits address only a few colors.
    private readonly PngPalette? palette = header is { IsIndexed: true, Depth: 8 } ? new(output) : null;
    private readonly PngAppearance appearance = new(header);
    private readonly PngAnimation animation = new(canvas, output);
    private readonly PngImageData data = new(header, canvas, output);
    private uint previous = PngChunk.Header;
    private bool hasData;

    /// <summary>
    /// The image needs no other chunk. A decoder of an image without frames stops after the image data, so what follows is not part of it.
    /// </summary>
    public bool IsComplete { get; private set; }

    /// <param name="file">The upload. The chunk is the last one that was read from it.</param>
    /// <param name="isLastOfData">Whether no other chunk of the same type follows.</param>
    /// <exception cref="ImageRefusedException">The chunk must not come here.</exception>
    public void Add(PngChunk chunk, ReadOnlySpan<byte> file, bool isLastOfData)
    {
        // Decoders have used the image data before they find that its CRC is wrong. They ignore other ancillary chunks with a wrong CRC.
        if (chunk.IsIntact || chunk.Type == PngChunk.FrameData || (chunk.Type == PngChunk.Data && !animation.IsAnimated))
            AddUsed(chunk, file);
        else if (!chunk.IsAncillary)
            throw chunk.Refuse("does not fit its CRC");

        // Decoders stop after a chunk with a wrong CRC, so another one does not continue its data.
        previous = chunk.IsIntact ? chunk.Type : 0;

        if (data.IsEmpty || (chunk.IsIntact && !isLastOfData))
            return;

        var isFrame = chunk.Type == PngChunk.FrameData;
        data.Write(file, isFrame ? animation.Frame : canvas.Size, isFrame ? animation : null, palette?.Samples);
        IsComplete = !animation.IsAnimated;
    }

    /// <summary>Writes what depends on all chunks, and the chunk IEND.</summary>
    public void Finish()
    {
        palette?.Finish();
        PngChunk.Write(output, PngChunk.End, []);
    }

    private void AddUsed(PngChunk chunk, ReadOnlySpan<byte> file)
    {
        var continues = chunk.Type == previous;

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
        if (chunk.Content.Length is < 3 or > 3 * 256)
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
        data.Add(chunk.ContentRange, chunk.IsIntact);
    }

    private void AddEnd(PngChunk chunk)
    {
        chunk.CheckLength(0);

        if (!hasData)
            throw chunk.Refuse("comes before the image data");

        animation.Finish(chunk);
        IsComplete = true;
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
            data.Add((chunk.ContentRange.Start.Value + 4)..chunk.ContentRange.End, chunk.IsIntact);
    }
}
