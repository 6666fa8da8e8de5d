using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>What is left of a picture that was cleaned looks as its original does, in a browser.</summary>
internal sealed class PixelTests : BrowserTests
{
    private Pictures pictures = null!;

    [OneTimeSetUp]
    public async Task Find_the_brushes() => pictures = await Pictures.In(Page);

    [Test]
    public async Task A_cleaned_JPEG_looks_as_its_original() => await CompareAsync(await JpegSubject.PaintAsync(pictures));

    [Test]
    public async Task A_cleaned_PNG_looks_as_its_original() => await CompareAsync(await PngSubject.PaintAsync(pictures));

    [Test]
    public async Task A_cleaned_GIF_looks_as_its_original() => await CompareAsync(GifSubject.Paint());

    [TestCase(0.8)]
    [TestCase(1)]
    public async Task A_cleaned_WebP_looks_as_its_original(double quality) =>
        await CompareAsync(await WebPSubject.PaintAsync(pictures, quality));

    private async Task CompareAsync(Subject subject)
    {
        var plain = await LookAtOriginalAsync(subject.Plain, subject.Format);
        Assert.That(await LookAtStoredAsync(subject.Plain, subject.Format), Is.EqualTo(plain).And.Not.Empty);

        foreach (var (with, bytes, isSeen) in subject.Decorated)
        {
            var original = await LookAtOriginalAsync(bytes, subject.Format);

            using (Assert.EnterMultipleScope())
            {
                // Or the comparison would say nothing of what has to be kept.
                Assert.That(original, isSeen ? Is.Not.EqualTo(plain).And.Not.Empty : Is.EqualTo(plain), $"{with}: is it seen at all?");
                Assert.That(await LookAtStoredAsync(bytes, subject.Format), Is.EqualTo(original), with);
            }
        }

        TestContext.Out.WriteLine($"{subject.Format}: {subject.Decorated.Count} pictures look as their originals");
    }

    private Task<string[]> LookAtOriginalAsync(byte[] bytes, ImageFormat format) =>
        pictures.LookAsync(Elsewhere.Serve(bytes, format.MimeType), format);

    private async Task<string[]> LookAtStoredAsync(byte[] bytes, ImageFormat format) =>
        await pictures.LookAsync(await StoreAsync(bytes), format);
}
