using System.Buffers.Binary;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Decoding;

/// <summary>
/// Decides whether copies of an image would look like the image in a browser. libvips shows only the first frame of an animated PNG,
/// ignores the gamma and the primary colors of a PNG, and converts CMYK without a profile otherwise than browsers do. It also replaces the
/// canvas of some GIF files, such as 640 x 480 and those wider than 2048 pixels, by the area of the frames. Such images are rare, and get
/// no variants.
/// </summary>
internal static class SourceFidelity
{
    private const int SignatureBytes = 8;
    private const int ChunkHeaderBytes = 8;
    private const int ChunkBytes = 12;

    // gAMA has the inverse of the gamma times 100,000 (PNG, third edition, section 11.3.2.2). sRGB is about 45,455.
    private const uint LowestUsualGamma = 45_000;
    private const uint HighestUsualGamma = 46_000;

    // cHRM has the coordinates x and y of the white point and of red, green and blue, times 100,000 (section 11.3.2.1). These are of sRGB.
    private static readonly int[] UsualPrimaries = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
    private const int PrimaryTolerance = 500;

    public static bool IsKept(ImageFormat format, ReadOnlySpan<byte> bytes, VipsImage header)
    {
        if (format == ImageFormat.Jpeg)
            return header.Interpretation != NetVips.Enums.Interpretation.Cmyk || header.Contains("icc-profile-data");

        if (format == ImageFormat.Gif)
            return format.ReadSize(bytes) == new ImageSize(header.Width, header.PageHeight);

        return format != ImageFormat.Png || IsPlainPng(bytes);
    }

    // Domain has checked the chunks when the image was stored.
    private static bool IsPlainPng(ReadOnlySpan<byte> bytes)
    {
        var hasProfile = false;
        var hasUnusualColors = false;

        for (var at = SignatureBytes; at + ChunkBytes <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            var type = bytes.Slice(at + sizeof(uint), sizeof(uint));
            if (type.SequenceEqual("acTL"u8) || type.SequenceEqual("cICP"u8))
                return false;
            if (type.SequenceEqual("IDAT"u8))
                break;

            hasProfile |= type.SequenceEqual("iCCP"u8) || type.SequenceEqual("sRGB"u8);
            hasUnusualColors |= type.SequenceEqual("gAMA"u8)
                && BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + ChunkHeaderBytes)..]) is < LowestUsualGamma or > HighestUsualGamma;
            hasUnusualColors |= type.SequenceEqual("cHRM"u8) && !HasUsualPrimaries(bytes[(at + ChunkHeaderBytes)..]);
            at += (int)Math.Min(length, (uint)bytes.Length) + ChunkBytes;
        }

        return hasProfile || !hasUnusualColors;
    }

    private static bool HasUsualPrimaries(ReadOnlySpan<byte> content)
    {
        if (content.Length < UsualPrimaries.Length * sizeof(int))
            return false;

        for (var n = 0; n < UsualPrimaries.Length; n++)
        {
            if (Math.Abs((long)BinaryPrimitives.ReadInt32BigEndian(content[(n * sizeof(int))..]) - UsualPrimaries[n]) > PrimaryTolerance)
                return false;
        }

        return true;
    }
}
