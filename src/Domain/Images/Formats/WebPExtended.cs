namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 9649 section 2.7: the extended format. Its chunks come in the order VP8X, ICCP, ANIM, the image or its frames, EXIF, XMP. The copy
/// has the simple format if no chunk is left that needs the extended one. So an image gets the same bytes with and without metadata.
/// </summary>
internal sealed class WebPExtended
{
    private const byte HasProfile = 0x20;
    private const byte HasAlpha = 0x10;
    private const byte HasExif = 0x08;
    private const byte HasAnimation = 0x02;
    private const int HeaderLength = 10;
    private const int AnimationLength = 6;

    private readonly Canvas canvas;
    private readonly byte flags;
    private readonly Range size;
    private readonly int offset;
    private readonly WebPImageData still = new();
    private readonly List<WebPFrame> frames = [];
    private byte[] profile = [];
    private bool isProfileSeen;
    private Range? animation;
    private int? orientation;
    private bool isImageSeen;

    public WebPExtended(WebPChunk header, Canvas canvas)
    {
        if (header.Content.Length != HeaderLength)
            throw header.Refuse($"has {header.Content.Length} bytes; it must have {HeaderLength}");

        this.canvas = canvas;
        flags = header.Content[0];
        offset = header.Offset;
        size = (header.Range.Start.Value + 4)..header.Range.End;
        canvas.SetSize(1 + WebPChunk.ReadUInt24(header.Content[4..]), 1 + WebPChunk.ReadUInt24(header.Content[7..]), header.Offset);
    }

    private bool IsAnimated => (flags & HasAnimation) != 0;

    private bool IsUpright => orientation is null or Exif.Upright;

    public void Walk(ref ByteReader chunks, CleanCopy output)
    {
        while (!chunks.AtEnd)
            Record(WebPChunk.Read(ref chunks), chunks);

        if (!IsAnimated)
        {
            still.Complete(chunks, (uint)canvas.Size.Width, (uint)canvas.Size.Height, offset);
            canvas.AddFrame(offset);
        }
        else if (frames.Count == 0)
        {
            throw ImageRefusedException.Malformed("The animation has no frame", offset);
        }

        Write(chunks, output);
    }

    private void Record(WebPChunk chunk, ByteReader input)
    {
        if (chunk.Is("VP8X"u8))
            throw chunk.Refuse("comes twice");

        if (chunk.Is("ICCP"u8))
            RecordProfile(chunk);
        else if (chunk.Is("EXIF"u8))
            orientation ??= Exif.ReadOrientation(chunk.Content);
        else if (IsAnimated)
            RecordAnimation(chunk, input);
        else
            isImageSeen |= still.TryAdd(chunk);
    }

    private void RecordProfile(WebPChunk chunk)
    {
        if (isProfileSeen || animation is not null || isImageSeen)
            throw chunk.Refuse("comes twice, or after the image");

        isProfileSeen = true;
        profile = IccProfile.Clean(chunk.Content, chunk.Offset).ToArray();
    }

    private void RecordAnimation(WebPChunk chunk, ByteReader input)
    {
        if (chunk.Is("ANIM"u8))
        {
            if (animation is not null || chunk.Content.Length < AnimationLength)
                throw chunk.Refuse($"comes twice, or has fewer than {AnimationLength} bytes");

            animation = chunk.Range.Start..(chunk.Range.Start.Value + AnimationLength);
        }
        else if (chunk.Is("ANMF"u8))
        {
            if (animation is null)
                throw chunk.Refuse("comes before ANIM");

            frames.Add(WebPFrame.Read(chunk, input, canvas));
        }
        else if (WebPBitstream.Is(chunk))
        {
            throw chunk.Refuse("is a still image, but the header states an animation");
        }
    }

    private void Write(ByteReader input, CleanCopy output)
    {
        var exif = IsUpright ? [] : Exif.Write(orientation!.Value);
        var isSimple = !IsAnimated && profile.Length == 0 && IsUpright && still.IsSimple;
        var imageLength = IsAnimated ? WebPChunk.LengthOf(AnimationLength) + frames.Sum(frame => frame.Length) : still.Length;
        var metadataLength = (profile.Length == 0 ? 0 : WebPChunk.LengthOf(profile.Length)) + (IsUpright ? 0 : WebPChunk.LengthOf(exif.Length));
        var length = (isSimple ? 0 : WebPChunk.LengthOf(HeaderLength)) + metadataLength + imageLength;

        WebP.WriteHeader(output, length);

        if (!isSimple)
            WebPChunk.Write(output, "VP8X"u8, [Flags(), 0, 0, 0, .. input[size]]);
        if (profile.Length > 0)
            WebPChunk.Write(output, "ICCP"u8, profile);

        if (IsAnimated)
            WriteFrames(input, output);
        else
            still.Write(output, input);

        if (!IsUpright)
            WebPChunk.Write(output, "EXIF"u8, exif);
    }

    private void WriteFrames(ByteReader input, CleanCopy output)
    {
        WebPChunk.Write(output, "ANIM"u8, input[animation!.Value]);

        foreach (var frame in frames)
            frame.Write(output, input);
    }

    // Frames need not cover the canvas, so an animation without transparent frames can still be transparent.
    private byte Flags() => (byte)(
        (profile.Length == 0 ? 0 : HasProfile)
        | (IsAnimated ? flags & HasAlpha : 0)
        | (still.HasAlpha || frames.Any(frame => frame.Image.HasAlpha) ? HasAlpha : 0)
        | (IsUpright ? 0 : HasExif)
        | (flags & HasAnimation));
}
