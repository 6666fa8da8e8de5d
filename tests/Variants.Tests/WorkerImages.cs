using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing;
using GameImages.Variants.Tests.Decoding;

namespace GameImages.Variants.Tests;

/// <summary>Stores images for the worker, and reads what it has made of them.</summary>
internal static class WorkerImages
{
    // Each image has the widths below its own.
    public const string Incomplete =
        """
        SELECT id::text FROM game_images WHERE variants_made_at IS NULL OR placeholder IS NULL OR variants_refusal IS NOT NULL
            OR ARRAY(SELECT variant.width FROM image_variants AS variant WHERE image_id = id ORDER BY variant.width) <> ARRAY[160, 320]
        """;

    /// <summary>Stores an image of 400 pixels with the number of its grain.</summary>
    public static async Task<Guid> StoreAsync(UseCases useCases, int number)
    {
        using var image = Painted.Image(400, 300, number);
        return await StoreAsync(useCases, image.PngsaveBuffer());
    }

    public static async Task<Guid> StoreAsync(UseCases useCases, byte[] bytes) =>
        (await useCases.CreateGameAsync(ImageContent.Read(bytes, new ImageLimits()))).ThumbnailId!.Value;

    /// <summary>Waits until no image is left that the worker has to look at.</summary>
    public static async Task WaitUntilDoneAsync(TestDatabase database, TimeSpan? patience = null, int left = 0)
    {
        using var timeout = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60));
        while (await database.SingleAsync<int>("SELECT count(*)::int FROM images_without_variants") > left)
            timeout.Token.ThrowIfCancellationRequested();
    }
}
