using GameImages.Domain.Images;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>Stores an image, unless it is stored already, and adds one reference to it.</summary>
/// <returns>The id of the image: the same for every store of these bytes under this MIME type.</returns>
public sealed record StoreImage(ImageContent Content) : IRequest<Guid>;

internal sealed class StoreImageHandler(IReferenceLedger ledger) : IRequestHandler<StoreImage, Guid>
{
    public async Task<Guid> Handle(StoreImage request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        var images = await work.FindImagesAsync([request.Content], cancellationToken);
        images[0].AddReference();
        return await work.CommitImageAsync(images[0]);
    }
}
