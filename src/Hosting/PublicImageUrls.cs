using GameImages.Application.Images;
using GameImages.Domain.Images;

namespace GameImages.Hosting;

/// <summary>
/// The URLs of public images. The service, the bot and the command line compile this file.
/// </summary>
/// <param name="publicBaseUrl">The absolute URL at which Discord reaches the service. It may have a path.</param>
internal sealed class PublicImageUrls(Uri publicBaseUrl)
{
    private readonly string service = publicBaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');

    public string Of(Guid id, ImageFormat format) => $"{service}{PublicImagePath.Of(id, format)}";
}
