using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Images;

/// <summary>One of the four formats that are kept and served.</summary>
public sealed class ImageFormat
{
    public static readonly ImageFormat Png = new("image/png", ["png"], Formats.Png.Starts, Formats.Png.Walk);
    public static readonly ImageFormat Jpeg = new("image/jpeg", ["jpg", "jpeg"], Formats.Jpeg.Starts, Formats.Jpeg.Walk);
    public static readonly ImageFormat Gif = new("image/gif", ["gif"], Formats.Gif.Starts, Formats.Gif.Walk);
    public static readonly ImageFormat WebP = new("image/webp", ["webp"], Formats.WebP.Starts, Formats.WebP.Walk);

    public static readonly IReadOnlyList<ImageFormat> All = [Png, Jpeg, Gif, WebP];

    private readonly Signature starts;
    private readonly Walker walk;

    private ImageFormat(string mimeType, string[] extensions, Signature starts, Walker walk) =>
        (MimeType, Extensions, this.starts, this.walk) = (mimeType, extensions, starts, walk);

    private delegate bool Signature(ReadOnlySpan<byte> bytes);

    private delegate void Walker(ref ByteReader input, CleanCopy output, Canvas canvas);

    public string MimeType { get; }

    /// <summary>File name extensions without the dot, the usual one first.</summary>
    public IReadOnlyList<string> Extensions { get; }

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
        ?? throw new BrokenRuleException("image", $"{mimeType} is not the type of an image that is kept here.");

    /// <summary>Copies what belongs to the picture, in time that grows with the length of the file and with nothing that it claims.</summary>
    /// <exception cref="ImageRefusedException">The file is malformed, or the picture too large for the canvas.</exception>
    internal void Walk(ref ByteReader input, CleanCopy output, Canvas canvas) => walk(ref input, output, canvas);

    public override string ToString() => MimeType;
}
