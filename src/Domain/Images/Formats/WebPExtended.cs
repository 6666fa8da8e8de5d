namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 9649 section 2.7: the extended format. Its chunks should come in the order VP8X, ICCP, ANIM, the image or its frames, EXIF, XMP.
/// It uses the same chunks as libwebp and Chromium: a color profile and EXIF data may come anywhere, but only if the flags announce them.
/// </summary>
internal sealed class WebPExtended
{
    private const int HeaderLength = 10;
    private const int AnimationLength = 6;

    private readonly Canvas canvas;
    private readonly WebPFlags flags;
    private readonly Range size;
    private readonly int offset;
    private readonly List<WebPFrame> frames = [];
    private WebPImageData? still;
    private WebPContent? profile;
    private WebPContent? animation;
    private int? orientation;
    private bool isProfileSeen;

    public WebPExtended(WebPChunk header, Canvas canvas)
    {
        if (header.Content.Length < HeaderLength)
            throw header.Refuse($"has {header.Content.Length} bytes; it must have {HeaderLength}");

        this.canvas = canvas;
        flags = (WebPFlags)header.Content[0];
        offset = header.Offset;
        size = (header.Range.Start.Value + 4)..(header.Range.Start.Value + HeaderLength);

        // Libwebp refuses a file that sets another flag, although the specification says that readers must ignore it.
        if ((flags & ~WebPFlags.All) != 0)
            throw header.Refuse("has a flag that does not exist");

        canvas.SetSize(1 + WebPChunk.ReadUInt24(header.Content[4..]), 1 + WebPChunk.ReadUInt24(header.Content[7..]), header.Offset);
    }

    private bool IsAnimated => Has(WebPFlags.Animation);

    public void Walk(ref ByteReader chunks, CleanCopy output)
    {
        while (!chunks.AtEnd)
            Record(ref chunks);

        if (IsAnimated ? frames.Count == 0 : still is null)
            throw ImageRefusedException.Malformed("There is no image", offset);

        new WebPExtendedCopy
        {
            Flags = flags,
            Size = size,
            Still = still,
            Frames = frames,
            Profile = profile,
            Animation = animation,
            Orientation = orientation ?? Exif.Upright,
        }.Write(output, chunks);
    }

    private void Record(ref ByteReader chunks)
    {
        if (WebPImageData.IsNext(chunks))
        {
            RecordStill(ref chunks);
            return;
        }

        if (chunks.Rest.StartsWith("ANMF"u8))
        {
            RecordFrame(ref chunks);
            return;
        }

        var chunk = WebPChunk.Read(ref chunks);

        if (chunk.Is("VP8X"u8))
            throw chunk.Refuse("comes twice");

        if (chunk.Is("ICCP"u8) && Has(WebPFlags.Profile) && !isProfileSeen)
            RecordProfile(chunk);
        else if (chunk.Is("EXIF"u8) && Has(WebPFlags.Exif))
            orientation ??= Exif.ReadOrientation(chunk.Content);
        else if (chunk.Is("ANIM"u8))
            RecordAnimation(chunk);
    }

    private void RecordStill(ref ByteReader chunks)
    {
        var position = chunks.Position;

        if (IsAnimated || animation is not null || still is not null)
            throw ImageRefusedException.Malformed("A still image comes twice, or in an animation", position);

        canvas.AddFrame(position);
        still = WebPImageData.Read(ref chunks);
        still.Complete(chunks, (uint)canvas.Size.Width, (uint)canvas.Size.Height, position, Has(WebPFlags.Alpha));
    }

    private void RecordFrame(ref ByteReader chunks)
    {
        var position = chunks.Position;

        if (animation is null)
            throw ImageRefusedException.Malformed("The chunk ANMF comes before ANIM", position);
        if (WebPFrame.Read(ref chunks, canvas, IsAnimated) is { } frame)
            frames.Add(frame);
    }

    // Decoders use the first profile, even if it is broken and another one follows. Chromium uses profiles of RGB colors only.
    private void RecordProfile(WebPChunk chunk)
    {
        isProfileSeen = true;
        var clean = IccProfile.Clean(chunk.Content, chunk.Offset);

        if (!clean.IsEmpty && clean[16..].StartsWith("RGB "u8))
            profile = WebPContent.Of(clean, chunk);
    }

    private void RecordAnimation(WebPChunk chunk)
    {
        var start = chunk.PaddedRange.Start.Value;

        if (chunk.PaddedRange.End.Value - start < AnimationLength)
            throw chunk.Refuse($"has fewer than {AnimationLength} bytes");

        animation ??= new(start..(start + AnimationLength));
    }

    private bool Has(WebPFlags flag) => (flags & flag) != 0;
}
