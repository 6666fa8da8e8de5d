using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>Keeps each picture once and counts who refers to it.</summary>
public interface IImageLedger
{
    /// <returns>The id of the image row, which counts one reference more.</returns>
    /// <exception cref="ImageRefusedException">The picture is blocked.</exception>
    Task<Guid> StoreAsync(ImageContent content, CancellationToken ct);

    /// <summary>Gives a reference back; the last one takes the row with it. An id without a row has none to give, which is no error.</summary>
    Task ReleaseAsync(Guid id, CancellationToken ct);
}
