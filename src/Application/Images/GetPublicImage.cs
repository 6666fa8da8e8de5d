using MediatR;

namespace GameImages.Application.Images;

/// <summary>Finds an image for anyone who knows its id.</summary>
/// <param name="WithContent">Whether its content will be read from the beginning.</param>
public sealed record GetPublicImage(Guid Id, bool WithContent = false) : IRequest<PublicImage>;

internal sealed class GetPublicImageHandler(IPublicImages images) : IRequestHandler<GetPublicImage, PublicImage>
{
    /// <exception cref="NotFoundException">There is no such image.</exception>
    public async Task<PublicImage> Handle(GetPublicImage request, CancellationToken cancellationToken) =>
        await images.FindAsync(request.Id, request.WithContent, cancellationToken)
        ?? throw new NotFoundException($"There is no image {request.Id}.");
}
