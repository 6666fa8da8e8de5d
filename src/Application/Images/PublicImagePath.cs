using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>The paths under which everyone can read images.</summary>
public static class PublicImagePath
{
    /// <summary>The path of the route, without a slash at its end.</summary>
    public const string Prefix = "/api/v1/public/images";

    // Discord animates a GIF only when its URL ends in .gif.
    public static string Of(Guid id, ImageFormat format) => $"{Prefix}/{id}.{format.Extensions[0]}";

    /// <returns>The path of a smaller copy.</returns>
    public static string OfVariant(Guid id, int width) => $"{Prefix}/{id}/{width}.{ImageVariant.Format.Extensions[0]}";
}
