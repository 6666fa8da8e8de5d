using GameImages.Domain.Images;

namespace GameImages.Application.Announcements;

/// <summary>The URLs of pictures as announcements have them.</summary>
/// <param name="publicBaseUrl">Where Discord reaches the service, absolute; it may have a path.</param>
public sealed class PublicImageUrls(Uri publicBaseUrl)
{
    private readonly string images = $"{publicBaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v1/public/images/";

    // Discord animates a GIF only when its URL ends so.
    public string Of(Guid id, ImageFormat format) => $"{images}{id}.{format.Extensions[0]}";
}
