using MediatR;

namespace GameImages.Application.Images;

/// <summary>One picture, for anybody who knows its id.</summary>
/// <param name="Extension">The file name extension that it was asked for with, without the dot, or null; one of another format finds nothing.</param>
public sealed record GetPublicImage(Guid Id, string? Extension) : IRequest<PublicImage>;

internal sealed class GetPublicImageHandler(IPublicImages images) : IRequestHandler<GetPublicImage, PublicImage>
{
    public async Task<PublicImage> Handle(GetPublicImage request, CancellationToken cancellationToken)
    {
        var image = await images.FindAsync(request.Id, cancellationToken)
            ?? throw new NotFoundException($"There is no image {request.Id}.");

        return request.Extension is null || image.Format.Extensions.Contains(request.Extension)
            ? image
            : throw new NotFoundException($"Image {request.Id} is not a .{request.Extension} file.");
    }
}
