using GameImages.Application.Images;
using GameImages.WebApi.Http;

namespace GameImages.WebApi.Images;

/// <summary>The name of an image in a public URL: its id, with or without a file name extension of its type.</summary>
internal readonly ref struct ImageName
{
    private readonly bool hasExtension;

    private ImageName(Guid id, bool hasExtension, ReadOnlySpan<char> extension)
    {
        Id = id;
        Extension = extension;
        this.hasExtension = hasExtension;
    }

    public Guid Id { get; }

    /// <summary>The extension without the dot.</summary>
    public ReadOnlySpan<char> Extension { get; }

    /// <returns>Whether the image has the type of the extension. A name without an extension fits every image.</returns>
    public bool Fits(PublicImage image) => !hasExtension || image.Format.HasExtension(Extension);

    public static bool TryParse(ReadOnlySpan<char> text, out ImageName name)
    {
        var dot = text.IndexOf('.');
        var isName = UuidRouteConstraint.TryParse(dot < 0 ? text : text[..dot], out var id);
        name = new(id, dot >= 0, text[(dot + 1)..]);
        return isName;
    }
}
