using GameImages.Application.Images;

namespace GameImages.WebApi.Images;

/// <summary>What the public route calls an image: its id, with or without the file name extension of its type.</summary>
internal readonly ref struct ImageName
{
    private readonly bool hasExtension;
    private readonly ReadOnlySpan<char> extension;

    private ImageName(Guid id, bool hasExtension, ReadOnlySpan<char> extension)
    {
        Id = id;
        this.hasExtension = hasExtension;
        this.extension = extension;
    }

    public Guid Id { get; }

    public GetPublicImage Query(bool withContent) => new(Id, hasExtension ? extension.ToString() : null, withContent);

    public bool Fits(PublicImage image) => !hasExtension || image.Format.HasExtension(extension);

    public static bool TryParse(ReadOnlySpan<char> text, out ImageName name)
    {
        var dot = text.IndexOf('.');
        var isName = Uuid.TryParse(dot < 0 ? text : text[..dot], out var id);
        name = new(id, dot >= 0, text[(dot + 1)..]);
        return isName;
    }
}
