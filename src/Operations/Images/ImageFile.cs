using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Operations.Images;

/// <summary>An image in a file, with the hashes under which it may be stored.</summary>
/// <param name="Clean">The hash of the bytes that an upload of the file stores.</param>
/// <param name="Raw">The hash of the file itself. Version 1 stored files unchanged.</param>
public sealed record ImageFile(ContentHash Clean, ContentHash Raw)
{
    /// <summary>Both hashes, or one if an upload stores the file unchanged.</summary>
    public IReadOnlyList<ContentHash> Hashes => Clean == Raw ? [Clean] : [Clean, Raw];

    /// <exception cref="InvalidInputException">The file does not exist, or it is not an image.</exception>
    public static async Task<ImageFile> ReadAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new InvalidInputException($"There is no file \"{path}\".");

        var bytes = await File.ReadAllBytesAsync(path, ct);
        try
        {
            return new(ImageContent.Read(bytes, ImageLimits.None).Hash, ContentHash.Of(bytes));
        }
        catch (ImageRefusedException refused)
        {
            throw new InvalidInputException($"\"{path}\" is not an image: {refused.Message}");
        }
    }
}
