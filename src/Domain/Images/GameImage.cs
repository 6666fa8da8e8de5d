namespace GameImages.Domain.Images;

/// <summary>One picture, kept once and shared by every game that shows it.</summary>
public sealed class GameImage(Guid id, ContentHash hash, ImageFormat format, int references)
{
    public Guid Id { get; } = id;
    public ContentHash Hash { get; } = hash;
    public ImageFormat Format { get; } = format;
    public int References { get; private set; } = references;

    /// <summary>No game shows the picture any more, so its row may go.</summary>
    public bool IsUnreferenced => References == 0;

    public void AddReference() => References++;

    public void Release()
    {
        if (IsUnreferenced)
            throw new BrokenRuleException("image", $"Image {Id} has no reference left to release.");

        References--;
    }
}
