using System.Globalization;
using GameImages.Application.Images;
using GameImages.WebApi.Http;

namespace GameImages.WebApi.Images;

/// <summary>
/// The name of an image in a public URL: its id, with or without a file name extension of its type. A variant is named by the id of its
/// image, its width and the extension: 3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01/640.webp.
/// </summary>
internal readonly ref struct ImageName
{
    // A number of more digits is no width. This leaves no way to write one width twice.
    private const int MaxWidthDigits = 4;

    private readonly bool hasExtension;

    private ImageName(PublicImageKey key, bool hasExtension, ReadOnlySpan<char> extension)
    {
        Key = key;
        Extension = extension;
        this.hasExtension = hasExtension;
    }

    public PublicImageKey Key { get; }

    /// <summary>The extension without the dot.</summary>
    public ReadOnlySpan<char> Extension { get; }

    /// <returns>Whether the image has the type of the extension. A name without an extension fits every image.</returns>
    public bool Fits(PublicImage image) => !hasExtension || image.Format.HasExtension(Extension);

    public static bool TryParse(ReadOnlySpan<char> text, out ImageName name)
    {
        name = default;
        var slash = text.IndexOf('/');
        if (slash >= 0)
            return TryParseVariant(text[..slash], text[(slash + 1)..], ref name);

        var dot = text.IndexOf('.');
        var isName = UuidRouteConstraint.TryParse(dot < 0 ? text : text[..dot], out var id);
        name = new(new(id), dot >= 0, text[(dot + 1)..]);
        return isName;
    }

    private static bool TryParseVariant(ReadOnlySpan<char> image, ReadOnlySpan<char> variant, ref ImageName name)
    {
        var dot = variant.IndexOf('.');
        if (
            dot is <= 0 or > MaxWidthDigits || variant[0] == '0'
            || !int.TryParse(variant[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            || !UuidRouteConstraint.TryParse(image, out var id))
            return false;

        name = new(new(id, width), hasExtension: true, variant[(dot + 1)..]);
        return ImageVariant.Format.HasExtension(name.Extension);
    }
}
