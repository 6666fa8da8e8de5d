using MediatR;

namespace GameImages.Application.Images;

/// <summary>Finds an image for anyone who knows its id. A variant that does not exist is answered with the original.</summary>
/// <param name="WithContent">Whether its content will be read from the beginning.</param>
public sealed record GetPublicImage(PublicImageKey Key, bool WithContent = false) : IRequest<PublicImage>;

internal sealed class GetPublicImageHandler(IPublicImages images, VariantWidths widths) : IRequestHandler<GetPublicImage, PublicImage>
{
    /// <exception cref="NotFoundException">There is no such image, or no image has variants of this width.</exception>
    public async Task<PublicImage> Handle(GetPublicImage request, CancellationToken cancellationToken) =>
        await images.FindAsync(request.Key, request.WithContent, cancellationToken)
        ?? await FindOriginalAsync(request.Key, cancellationToken)
        ?? throw new NotFoundException($"There is no image {request.Key.ImageId}.");

    private async Task<PublicImage?> FindOriginalAsync(PublicImageKey key, CancellationToken ct)
    {
        if (!key.IsVariant)
            return null;

        return widths.Values.Contains(key.Width)
            ? await images.FindAsync(key.Original, withContent: false, ct)
            : throw new NotFoundException($"No image has a width of {key.Width}. The widths are {string.Join(", ", widths.Values)}.");
    }
}
