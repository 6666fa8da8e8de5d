using MediatR;

namespace GameImages.Application.Images;

/// <summary>Releases one reference to an image and deletes the image with the last one. Null and unknown ids change nothing.</summary>
public sealed record ReleaseImage(Guid? Id) : IRequest;

internal sealed class ReleaseImageHandler(IReferenceLedger ledger) : IRequestHandler<ReleaseImage>
{
    public async Task<Unit> Handle(ReleaseImage request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        if (request.Id is { } id && await work.FindImageAsync(id, cancellationToken) is { } image)
        {
            image.ReleaseReference();
            await work.CommitImageAsync(image);
        }

        return Unit.Value;
    }
}
