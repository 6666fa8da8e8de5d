using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Images;

/// <summary>One of the four formats that are kept and served.</summary>
public sealed class ImageFormat
{
    public static readonly ImageFormat Png = new("image/png", ["png"], Formats.Png.Starts, Formats.Png.Walk, Formats.Png.ReadSize);
    public static readonly ImageFormat Jpeg = new(
        "image/jpeg",
        ["jpg", "jpeg"],
        Formats.Jpeg.Starts,
        Formats.Jpeg.Walk,
        Formats.Jpeg.ReadSize);
    public static readonly ImageFormat Gif = new("image/gif", ["gif"], Formats.Gif.Starts, Formats.Gif.Walk, Formats.Gif.ReadSize);
    public static readonly ImageFormat WebP = new("image/webp", ["webp"], Formats.WebP.Starts, Formats.WebP.Walk, Formats.WebP.ReadSize);

    public static readonly IReadOnlyList<ImageFormat> All = [Png, Jpeg, Gif, WebP];

    private readonly Signature starts;
    private readonly Walker walk;
    private readonly Header readSize;

    private ImageFormat(string mimeType, string[] extensions, Signature starts, Walker walk, Header readSize) =>
        (MimeType, Extensions, this.starts, this.walk, this.readSize) = (mimeType, extensions, starts, walk, readSize);

    private delegate bool Signature(ReadOnlySpan<byte> bytes);

    private delegate void Walker(ref ByteReader input, CleanCopy output, Canvas canvas);

    private delegate (long Width, long Height)? Header(ReadOnlySpan<byte> bytes);

    public string MimeType { get; }

    /// <summary>File name extensions without the dot, the usual one first.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <param name="extension">Without the dot, in either case.</param>
    public bool HasExtension(ReadOnlySpan<char> extension)
    {
        foreach (var own in Extensions)
        {
            if (extension.Equals(own, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <returns>The format that the first bytes speak of, or null: what a client says about them does not count.</returns>
    public static ImageFormat? Recognize(ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format.starts(bytes))
                return format;
        }

        return null;
    }

    /// <exception cref="BrokenRuleException">The type is not one of the four.</exception>
    public static ImageFormat FromMimeType(string mimeType) =>
        All.FirstOrDefault(format => format.MimeType == mimeType)
        ?? throw new BrokenRuleException("Image", $"{mimeType} is not the type of an image that is kept here.");

    /// <summary>Looks at the header alone: a picture that version 1 stored may be malformed, or larger than any limit, and still say how large it is.</summary>
    /// <param name="bytes">Of a file that starts as this format does.</param>
    /// <returns>The size that the header states; null when it states none.</returns>
    public ImageSize? ReadSize(ReadOnlySpan<byte> bytes) =>
        readSize(bytes) is ( > 0 and <= int.MaxValue and var width, > 0 and <= int.MaxValue and var height)
            ? new((int)width, (int)height)
            : null;

    /// <summary>Copies what belongs to the picture, in time that grows with the length of the file and with nothing that it claims.</summary>
    /// <exception cref="ImageRefusedException">The file is malformed, or the picture too large for the canvas.</exception>
    internal void Walk(ref ByteReader input, CleanCopy output, Canvas canvas) => walk(ref input, output, canvas);

    public override string ToString() => MimeType;
}
