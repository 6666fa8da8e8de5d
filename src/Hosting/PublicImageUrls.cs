using GameImages.Domain.Images;

namespace GameImages.Hosting;

/// <summary>
/// The URLs of public images. The service, the bot and the command line compile this file, so that they agree on the path.
/// </summary>
/// <param name="publicBaseUrl">The absolute URL at which Discord reaches the service. It may have a path.</param>
internal sealed class PublicImageUrls(Uri publicBaseUrl)
{
    /// <summary>The path of the public route, without a slash at its end.</summary>
    public const string Path = "/api/v1/public/images";

    private readonly string images = $"{publicBaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}{Path}/";

    // Discord animates a GIF only when its URL ends in .gif.
    public string Of(Guid id, ImageFormat format) => $"{images}{id}.{format.Extensions[0]}";
}
