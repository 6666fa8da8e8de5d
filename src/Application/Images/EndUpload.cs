using MediatR;

namespace GameImages.Application.Images;

/// <summary>Ends the caller's upload of an image and releases its reference, like <see cref="ReleaseImage"/>.</summary>
public sealed record EndUpload(Guid ImageId) : IRequest;

internal sealed class EndUploadHandler(IUploadLedger ledger) : IRequestHandler<EndUpload, Unit>
{
    /// <exception cref="NotFoundException">The caller has no upload of this image.</exception>
    public async Task<Unit> Handle(EndUpload request, CancellationToken cancellationToken) =>
        await ledger.EndAsync(request.ImageId, cancellationToken)
            ? Unit.Value
            : throw new NotFoundException($"You have no upload of an image {request.ImageId}.");
}

/// <summary>Ends some uploads that have expired, of all members, and forgets expired idempotency keys.</summary>
/// <returns>Whether there may be more.</returns>
public sealed record EndExpiredUploads : IRequest<bool>;

internal sealed class EndExpiredUploadsHandler(IUploadLedger ledger) : IRequestHandler<EndExpiredUploads, bool>
{
    public Task<bool> Handle(EndExpiredUploads request, CancellationToken cancellationToken) => ledger.EndExpiredAsync(cancellationToken);
}
