using GameImages.Domain.Games;
using GameImages.Domain.Images;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>
/// Stores an image, like <see cref="StoreImage"/>, for a member who will show it on games. The upload holds one reference to the image
/// until it expires. Uploading the same image again renews it.
/// </summary>
/// <param name="GuildId">The guild whose quota counts the image; null if none does.</param>
/// <param name="Key">Null for a request that is carried out each time it is sent.</param>
public sealed record UploadImage(ImageContent Content, Snowflake? GuildId = null, IdempotencyKey? Key = null)
    : IRequest<Answer<ImageUpload>>;

/// <summary>An image that a member has uploaded.</summary>
/// <param name="Width">In pixels, like the height.</param>
/// <param name="ExpiresAt">When the upload ends, unless it is renewed. The image stays as long as a game shows it.</param>
public sealed record ImageUpload(Guid Id, int Width, int Height, ImageFormat MimeType, int ByteLength, DateTime ExpiresAt);

internal sealed class UploadImageHandler(IUploadLedger ledger, ICaller caller) : IRequestHandler<UploadImage, Answer<ImageUpload>>
{
    /// <exception cref="NotAllowedException">The caller is not a member of the guild.</exception>
    public async Task<Answer<ImageUpload>> Handle(UploadImage request, CancellationToken cancellationToken)
    {
        if (request.GuildId is { } guild && !caller.GuildIds.Contains(guild))
            throw NotAllowedException.Guild(guild);

        return await ledger.StoreAsync(request.Content, request.GuildId, request.Key, cancellationToken);
    }
}
