using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Application.Images;

/// <summary>Stores and ends the caller's uploads. Each upload is one reference to its image.</summary>
public interface IUploadLedger
{
    /// <summary>Stores an image and the caller's upload of it, or renews the upload.</summary>
    /// <exception cref="ImageRefusedException">The image is blocked.</exception>
    /// <exception cref="QuotaExceededException">The guild or the caller may not have so many images.</exception>
    /// <exception cref="RequestInProgressException">Another request has reserved the key.</exception>
    /// <exception cref="KeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="OutcomeUnknownException">The connection was lost during the commit.</exception>
    Task<Answer<ImageUpload>> StoreAsync(ImageContent content, Snowflake? guildId, IdempotencyKey? key, CancellationToken ct);

    /// <returns>Whether there was an upload.</returns>
    Task<bool> EndAsync(Guid imageId, CancellationToken ct);

    /// <summary>Ends some expired uploads of all members. Several instances may do it at once.</summary>
    /// <returns>Whether there may be more.</returns>
    Task<bool> EndExpiredAsync(CancellationToken ct);
}
