using MediatR;

namespace GameImages.Application.Images;

/// <summary>Finds an image for anyone who knows its id.</summary>
/// <param name="Extension">
/// The requested file name extension without the dot, or null. An extension of another format finds nothing.
/// </param>
/// <param name="WithContent">Whether the content will be read from its beginning.</param>
public sealed record GetPublicImage(Guid Id, string? Extension, bool WithContent = false) : IRequest<PublicImage>;

internal sealed class GetPublicImageHandler(IPublicImages images) : IRequestHandler<GetPublicImage, PublicImage>
{
    public async Task<PublicImage> Handle(GetPublicImage request, CancellationToken cancellationToken)
    {
        var image = await images.FindAsync(request.Id, request.WithContent, cancellationToken)
            ?? throw new NotFoundException($"There is no image {request.Id}.");

        return request.Extension is null || image.Format.HasExtension(request.Extension)
            ? image
            : throw new NotFoundException($"Image {request.Id} is not a .{request.Extension} file.");
    }
}
