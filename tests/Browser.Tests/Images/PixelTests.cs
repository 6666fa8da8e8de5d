using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>A cleaned image looks like its original in a browser.</summary>
internal sealed class PixelTests : BrowserTests
{
    private BrowserImages images = null!;

    [OneTimeSetUp]
    public async Task Load_the_script() => images = await BrowserImages.CreateAsync(Page);

    [Test]
    public async Task A_cleaned_JPEG_looks_like_its_original() => await CompareAsync(await JpegSample.PaintAsync(images));

    [Test]
    public async Task A_cleaned_PNG_looks_like_its_original() => await CompareAsync(await PngSample.PaintAsync(images));

    [Test]
    public async Task A_cleaned_GIF_looks_like_its_original() => await CompareAsync(GifSample.Paint());

    [TestCase(0.8)]
    [TestCase(1)]
    public async Task A_cleaned_WebP_looks_like_its_original(double quality) =>
        await CompareAsync(await WebPSample.PaintAsync(images, quality));

    private async Task CompareAsync(ImageSample sample)
    {
        var plain = await LookAtOriginalAsync(sample.Plain, sample.Format);
        Assert.That(await LookAtStoredAsync(sample.Plain, sample.Format), Is.EqualTo(plain).And.Not.Empty);

        foreach (var (with, bytes, isSeen) in sample.Decorated)
        {
            var original = await LookAtOriginalAsync(bytes, sample.Format);

            using (Assert.EnterMultipleScope())
            {
                // Otherwise, the comparison below would not show that the addition was kept.
                Assert.That(original, isSeen ? Is.Not.EqualTo(plain).And.Not.Empty : Is.EqualTo(plain), $"{with}: effect on the original");
                Assert.That(await LookAtStoredAsync(bytes, sample.Format), Is.EqualTo(original), with);
            }
        }

        TestContext.Out.WriteLine($"{sample.Format}: {sample.Decorated.Count} images look like their originals");
    }

    private Task<string[]> LookAtOriginalAsync(byte[] bytes, ImageFormat format) =>
        images.LookAsync(OtherOrigin.Serve(bytes, format.MimeType), format);

    private async Task<string[]> LookAtStoredAsync(byte[] bytes, ImageFormat format) =>
        await images.LookAsync(await StoreAsync(bytes), format);
}
