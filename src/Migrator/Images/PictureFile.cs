using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Migrator.Images;

/// <summary>A picture in a file, under the hashes that it may be stored by.</summary>
/// <param name="Clean">Of what is stored when the file is uploaded.</param>
/// <param name="Raw">Of the file itself, which version 1 stored as it came.</param>
internal sealed record PictureFile(ContentHash Clean, ContentHash Raw)
{
    /// <returns>Both, or the one if the file has nothing to leave out.</returns>
    public IReadOnlyList<ContentHash> Hashes => Clean == Raw ? [Clean] : [Clean, Raw];

    /// <exception cref="UsageException">There is no such file, or it is no picture.</exception>
    public static async Task<PictureFile> ReadAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new UsageException($"There is no file \"{path}\".");

        var bytes = await File.ReadAllBytesAsync(path, ct);
        try
        {
            return new(ImageContent.Read(bytes, ImageLimits.None).Hash, ContentHash.Of(bytes));
        }
        catch (ImageRefusedException refused)
        {
            throw new UsageException($"\"{path}\" is no picture: {refused.Message}");
        }
    }
}
