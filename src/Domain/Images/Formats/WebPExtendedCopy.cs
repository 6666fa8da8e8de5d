namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The copy of a file in the extended format. It has the simple format if nothing needs the extended one. So an image gets the same bytes
/// with and without metadata.
/// </summary>
internal sealed class WebPExtendedCopy
{
    private const int HeaderLength = 10;

    /// <summary>The flags of the original.</summary>
    public required WebPFlags Flags { get; init; }

    /// <summary>The position of the width and the height in the original.</summary>
    public required Range Size { get; init; }

    /// <summary>Null if the image is animated.</summary>
    public required WebPImageData? Still { get; init; }

    public required IReadOnlyCollection<WebPFrame> Frames { get; init; }

    public required WebPContent? Profile { get; init; }

    public required WebPContent? Animation { get; init; }

    public required int Orientation { get; init; }

    private bool IsUpright => Orientation == Exif.Upright;

    private bool IsAnimated => (Flags & WebPFlags.Animation) != 0;

    // Chromium shows an image or an animation as opaque if this flag is missing.
    private bool IsTransparent => (Flags & WebPFlags.Alpha) != 0 && (Still is null || Still.IsLossless || Still.HasAlphaChunk);

    // In the simple format, only a lossless image is transparent, and only if its own header says so.
    private bool IsSimple =>
        Profile is null && IsUpright && Still is { HasAlphaChunk: false } image && image.IsTransparent == IsTransparent;

    public void Write(CleanCopy output, ByteReader input)
    {
        var exif = IsUpright ? [] : Exif.Write(Orientation);
        var length = Still?.Length ?? Frames.Sum(frame => frame.Length);

        if (!IsSimple)
            length += WebPChunk.LengthOf(HeaderLength);
        if (Profile is { } profile)
            length += WebPChunk.LengthOf(profile.Length);
        if (IsAnimated)
            length += WebPChunk.LengthOf(Animation!.Value.Length);
        if (!IsUpright)
            length += WebPChunk.LengthOf(exif.Length);

        WebP.WriteHeader(output, length);

        if (!IsSimple)
            WebPChunk.Write(output, "VP8X"u8, [(byte)CleanFlags(), 0, 0, 0, .. input[Size]]);
        if (Profile is { } profileToWrite)
            WebPChunk.Write(output, "ICCP"u8, profileToWrite.Read(input));
        if (IsAnimated)
            WebPChunk.Write(output, "ANIM"u8, Animation!.Value.Read(input));

        Still?.Write(output, input);

        foreach (var frame in Frames)
            frame.Write(output, input);

        if (!IsUpright)
            WebPChunk.Write(output, "EXIF"u8, exif);
    }

    private WebPFlags CleanFlags() =>
        (Flags & WebPFlags.Animation)
        | (Profile is null ? WebPFlags.None : WebPFlags.Profile)
        | (IsTransparent ? WebPFlags.Alpha : WebPFlags.None)
        | (IsUpright ? WebPFlags.None : WebPFlags.Exif);
}
