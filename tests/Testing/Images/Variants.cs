using Dapper;
using GameImages.Application.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Schema;
using NUnit.Framework;

namespace GameImages.Testing.Images;

/// <summary>Stores variants as the worker does. Their bytes are random, because the service never decodes them.</summary>
public static class Variants
{
    /// <summary>The placeholder of every image that has variants of this class, in Base64.</summary>
    public const string Placeholder = "AQIDBAU=";

    /// <returns>A variant that is half as high as it is wide. Another seed gives other bytes.</returns>
    public static ImageVariant Of(int width, int byteLength = 1000, int seed = 0)
    {
        var bytes = new byte[byteLength];
        new Random(width + seed).NextBytes(bytes);
        return new(new ImageSize(width, width / 2), bytes);
    }

    /// <summary>Stores these variants of an image that is shown at 2000 x 1000 pixels. They replace all that it had.</summary>
    public static async Task StoreVariantsAsync(this TestDatabase database, string imageId, params ImageVariant[] variants)
    {
        var image = Guid.Parse(imageId);
        await database.ExecuteAsync("UPDATE game_images SET variants_made_at = NULL WHERE id = @image", new { image });
        await using var worker = await database.OpenAsync(Roles.Variants);
        var isStored = await worker.ExecuteScalarAsync<bool>(
            "SELECT store_variants(@image, 2000, 1000, @placeholder, 0, @widths, @heights, @contents)",
            new
            {
                image,
                placeholder = Convert.FromBase64String(Placeholder),
                widths = variants.Select(variant => variant.Size.Width).ToArray(),
                heights = variants.Select(variant => variant.Size.Height).ToArray(),
                contents = variants.Select(variant => variant.Bytes.ToArray()).ToArray(),
            });
        Assert.That(isStored, $"Image {image} does not wait for variants.");
    }
}
