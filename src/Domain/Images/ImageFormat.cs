namespace GameImages.Domain.Images;

/// <summary>One of the four formats that are kept and served.</summary>
public sealed class ImageFormat
{
    public static readonly ImageFormat Png = new("image/png", ["png"], Formats.Png.Starts, Formats.Png.ReadSize);
    public static readonly ImageFormat Jpeg = new("image/jpeg", ["jpg", "jpeg"], Formats.Jpeg.Starts, Formats.Jpeg.ReadSize);
    public static readonly ImageFormat Gif = new("image/gif", ["gif"], Formats.Gif.Starts, Formats.Gif.ReadSize);
    public static readonly ImageFormat WebP = new("image/webp", ["webp"], Formats.WebP.Starts, Formats.WebP.ReadSize);

    public static readonly IReadOnlyList<ImageFormat> All = [Png, Jpeg, Gif, WebP];

    private readonly Signature starts;
    private readonly SizeReader readSize;

    private ImageFormat(string mimeType, string[] extensions, Signature starts, SizeReader readSize) =>
        (MimeType, Extensions, this.starts, this.readSize) = (mimeType, extensions, starts, readSize);

    private delegate bool Signature(ReadOnlySpan<byte> bytes);

    private delegate ImageSize? SizeReader(ReadOnlySpan<byte> bytes);

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

    /// <returns>The size that the header states, or null when there is none to read.</returns>
    public ImageSize? ReadSize(ReadOnlySpan<byte> bytes) => readSize(bytes);

    public override string ToString() => MimeType;
}
