using GameImages.Domain.Images;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>Keeps one copy of the picture and adds a reference to it.</summary>
/// <returns>The id of the image row, the same for every store of these bytes under this MIME type.</returns>
public sealed record StoreImage(ImageContent Content) : IRequest<Guid>;

internal sealed class StoreImageHandler(IImageLedger ledger) : IRequestHandler<StoreImage, Guid>
{
    public async Task<Guid> Handle(StoreImage request, CancellationToken cancellationToken)
    {
        await using var transaction = await ledger.BeginAsync(cancellationToken);
        var images = await transaction.LockImagesAsync([request.Content], [], cancellationToken);
        var id = images.Store(request.Content);
        await transaction.CommitAsync(cancellationToken);
        return id;
    }
}
