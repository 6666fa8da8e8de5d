using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Decoding;

/// <summary>Decodes one image with libvips, and makes smaller copies of it. It runs in a process of its own.</summary>
internal static class ImageDecoder
{
    /// <summary>
    /// The quality of lossy WebP, from 0 to 100. docs/images.md has the measurements from which it was chosen.
    /// </summary>
    private const int Quality = 82;

    // From 0 (fast) to 6. A slower encoder saves few bytes.
    private const int Effort = 4;
    private const int AnimationEffort = 2;

    // A box that limits only the width.
    private const int AnyHeight = 10_000_000;

    /// <summary>Allows libvips to load files of this format only, on one thread and without a cache.</summary>
    /// <exception cref="DecoderMissingException">libvips does not load on this machine.</exception>
    public static void Restrict(ImageFormat format)
    {
        if (!ModuleInitializer.VipsInitialized)
            throw new DecoderMissingException($"libvips does not load on this machine: {ModuleInitializer.Exception?.Message}");

        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        Operation.Block(Loader(format), false);
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
    }

    /// <exception cref="VipsException">libvips cannot decode the image.</exception>
    public static ImageVariants Decode(ImageFormat format, byte[] bytes, IReadOnlyList<int> widths)
    {
        using var header = VipsImage.NewFromBuffer(bytes, access: Enums.Access.Sequential);
        // libvips changes the canvas of some GIF files. Their header states the size that browsers show.
        var size = (format == ImageFormat.Gif ? format.ReadSize(bytes) : null) ?? ShownSize(header);
        var frames = header.Contains("n-pages") ? (int)header.Get("n-pages") : 1;
        var smaller = SourceFidelity.IsKept(format, bytes, header) ? widths.Where(width => width < size.Width).ToList() : [];

        // A still image is decoded once, for the largest variant. The others, and the preview, are made from that one before it is
        // compressed.
        using var decoded = frames == 1 && smaller.Count > 0
            ? Still(format, bytes, smaller[^1], AnyHeight)
            : Still(format, bytes, ThumbHash.MaxSide, ThumbHash.MaxSide);
        using var pixels = decoded.CopyMemory();
        var preview = Preview(pixels);
        var variants = smaller.Select(width => frames == 1 ? Encode(pixels, width, size) : EncodeAnimation(bytes, width));

        return new(
            size,
            ThumbHash.Encode(preview.Size.Width, preview.Size.Height, preview.Pixels),
            DominantColor.Of(preview.Pixels),
            [.. variants.Where(variant => variant.Bytes.Length < bytes.Length)]);
    }

    private static string Loader(ImageFormat format)
    {
        if (format == ImageFormat.Jpeg)
            return "VipsForeignLoadJpeg";
        if (format == ImageFormat.Png)
            return "VipsForeignLoadPng";

        return format == ImageFormat.Gif ? "VipsForeignLoadNsgif" : "VipsForeignLoadWebp";
    }

    // EXIF orientations from 5 on swap the sides. All frames of an animation are below each other in one image.
    private static ImageSize ShownSize(VipsImage header)
    {
        var orientation = header.Contains("orientation") ? (int)header.Get("orientation") : 1;
        return orientation >= 5 ? new(header.PageHeight, header.Width) : new(header.Width, header.PageHeight);
    }

    private static (ImageSize Size, byte[] Pixels) Preview(VipsImage pixels)
    {
        using var small = pixels.ThumbnailImage(ThumbHash.MaxSide, ThumbHash.MaxSide, Enums.Size.Down);
        using var colored = small.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = colored.HasAlpha() ? colored.Copy() : colored.Bandjoin(255);
        using var rgba = opaque.Cast(Enums.BandFormat.Uchar);
        return (new(rgba.Width, rgba.Height), rgba.WriteToMemory<byte>());
    }

    // The height follows from the size of the original, so that it is not rounded twice.
    private static ImageVariant Encode(VipsImage pixels, int width, ImageSize shown)
    {
        var height = Math.Max(1, (int)Math.Round((double)width * shown.Height / shown.Width));
        using var resized = pixels.ThumbnailImage(width, height, Enums.Size.Force);
        return new(
            new(resized.Width, resized.Height),
            resized.WebpsaveBuffer(q: Quality, effort: Effort, smartSubsample: true, keep: Enums.ForeignKeep.None));
    }

    private static ImageVariant EncodeAnimation(byte[] bytes, int width)
    {
        using var frames = Thumbnail(bytes, width, AnyHeight, ",n=-1");
        return new(
            new(frames.Width, frames.PageHeight),
            frames.WebpsaveBuffer(q: Quality, effort: AnimationEffort, keep: Enums.ForeignKeep.None));
    }

    // libwebp can decode to a smaller size, but loses more than libvips does.
    private static VipsImage Still(ImageFormat format, byte[] bytes, int width, int height)
    {
        if (format != ImageFormat.WebP)
            return Thumbnail(bytes, width, height);

        using var image = VipsImage.NewFromBuffer(bytes, failOn: Enums.FailOn.Error);
        return image.ThumbnailImage(width, height, Enums.Size.Down, outputProfile: "srgb");
    }

    // The argument failOn of ThumbnailBuffer has no effect: libvips fills the missing part of a truncated image. The option of the loader
    // works.
    private static VipsImage Thumbnail(byte[] bytes, int width, int height, string options = "") => VipsImage.ThumbnailBuffer(
        bytes, width, $"fail-on=error{options}", height, Enums.Size.Down, outputProfile: "srgb");
}
