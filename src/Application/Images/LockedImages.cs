using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>The pictures that a transaction has locked. What is done to them here is written when it commits.</summary>
public sealed class LockedImages(IReadOnlyCollection<GameImage> images)
{
    /// <summary>Adds a reference to a picture that was locked by its content.</summary>
    /// <returns>The id of its row.</returns>
    public Guid Store(ImageContent content)
    {
        var image = images.Single(image => image.Hash == content.Hash && image.Format == content.Format);
        image.AddReference();
        return image.Id;
    }

    /// <summary>Adds a reference to a picture that was locked by its id.</summary>
    public void Share(Guid id) => images.Single(image => image.Id == id).AddReference();

    /// <summary>Gives a reference back. An id without a row has none to give, which is no error.</summary>
    public void Release(Guid id) => images.SingleOrDefault(image => image.Id == id)?.Release();
}
