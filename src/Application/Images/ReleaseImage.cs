using MediatR;

namespace GameImages.Application.Images;

/// <summary>Gives one reference to the picture back; the last one takes the picture with it. Null and unknown ids do nothing.</summary>
public sealed record ReleaseImage(Guid? Id) : IRequest;

internal sealed class ReleaseImageHandler(IImageLedger ledger) : IRequestHandler<ReleaseImage>
{
    public async Task<Unit> Handle(ReleaseImage request, CancellationToken cancellationToken)
    {
        if (request.Id is { } id)
            await ledger.ReleaseAsync(id, cancellationToken);

        return Unit.Value;
    }
}
