using GameImages.Domain.Images;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>Keeps one copy of the picture and adds a reference to it.</summary>
/// <returns>The id of the image row, the same for every store of these bytes under this MIME type.</returns>
public sealed record StoreImage(ImageContent Content) : IRequest<Guid>;

internal sealed class StoreImageHandler(IImageLedger ledger) : IRequestHandler<StoreImage, Guid>
{
    public Task<Guid> Handle(StoreImage request, CancellationToken cancellationToken) => ledger.StoreAsync(request.Content, cancellationToken);
}
