using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Images;

/// <summary>One of the four formats that the service stores and serves.</summary>
public sealed class ImageFormat
{
    public static readonly ImageFormat Png =
        new("image/png", ["png"], Formats.Png.IsStartOf, Formats.Png.Walk, Formats.Png.ReadSize);

    public static readonly ImageFormat Jpeg =
        new("image/jpeg", ["jpg", "jpeg"], Formats.Jpeg.IsStartOf, Formats.Jpeg.Walk, Formats.Jpeg.ReadSize);

    public static readonly ImageFormat Gif =
        new("image/gif", ["gif"], Formats.Gif.IsStartOf, Formats.Gif.Walk, Formats.Gif.ReadSize);

    public static readonly ImageFormat WebP =
        new("image/webp", ["webp"], Formats.WebP.IsStartOf, Formats.WebP.Walk, Formats.WebP.ReadSize);

    public static readonly IReadOnlyList<ImageFormat> All = [Png, Jpeg, Gif, WebP];

    private readonly SignatureCheck hasSignature;
    private readonly Walker walk;
    private readonly SizeReader readSize;

    private ImageFormat(string mimeType, string[] extensions, SignatureCheck hasSignature, Walker walk, SizeReader readSize)
    {
        MimeType = mimeType;
        Extensions = extensions;
        this.hasSignature = hasSignature;
        this.walk = walk;
        this.readSize = readSize;
    }

    private delegate bool SignatureCheck(ReadOnlySpan<byte> bytes);

    private delegate void Walker(ref ByteReader input, CleanCopy output, Canvas canvas);

    private delegate (long Width, long Height)? SizeReader(ReadOnlySpan<byte> bytes);

    public string MimeType { get; }

    /// <summary>File name extensions without the dot. The first one is the usual one.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <param name="extension">Without the dot, in upper or lower case.</param>
    public bool HasExtension(ReadOnlySpan<char> extension)
    {
        foreach (var own in Extensions)
        {
            if (extension.Equals(own, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <returns>The format whose signature the file starts with, or null. The type that a client states is not used.</returns>
    public static ImageFormat? Recognize(ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format.hasSignature(bytes))
                return format;
        }

        return null;
    }

    /// <exception cref="BrokenRuleException">The type is not one of the four.</exception>
    public static ImageFormat FromMimeType(string mimeType) =>
        All.FirstOrDefault(format => format.MimeType == mimeType)
        ?? throw new BrokenRuleException("Image", $"{mimeType} is not a supported type. Use one of {string.Join(", ", All)}.");

    /// <summary>
    /// Reads the size from the header only. An image that version 1 stored may be malformed or exceed the limits, and its header may
    /// still state the size.
    /// </summary>
    /// <param name="bytes">A file that starts with the signature of this format.</param>
    /// <returns>The size that the header states, or null when it states none.</returns>
    public ImageSize? ReadSize(ReadOnlySpan<byte> bytes) =>
        readSize(bytes) is ( > 0 and <= int.MaxValue and var width, > 0 and <= int.MaxValue and var height)
            ? new((int)width, (int)height)
            : null;

    /// <summary>
    /// Checks the parts of the file from the first to the last, and copies those that belong to the image. The time grows with the
    /// length of the file only, whatever the file claims.
    /// </summary>
    /// <exception cref="ImageRefusedException">The file is malformed, or the image exceeds the limits of the canvas.</exception>
    internal void Walk(ref ByteReader input, CleanCopy output, Canvas canvas) => walk(ref input, output, canvas);

    public override string ToString() => MimeType;
}
