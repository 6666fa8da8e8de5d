using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
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

    [Test]
    public async Task A_JPEG_with_a_part_in_any_place_looks_like_its_original()
    {
        var layouts = new[] { await JpegSample.PaintLayoutAsync(images), JpegLayout.ThreeScans, JpegLayout.Progressive };
        var different = new List<string>();
        var compared = 0;
        var unseen = 0;

        foreach (var (name, file) in layouts.SelectMany(JpegPlaces.Of))
        {
            var original = await LookAtOriginalAsync(file, ImageFormat.Jpeg);
            var stored = await StoreIfAcceptedAsync(file);

            // The service may refuse what the browser does not show.
            if (stored is null && (original.Length == 0 || IsBlank(original)))
            {
                unseen++;
                continue;
            }

            compared++;
            var cleaned = stored is null ? [] : await images.LookAsync(stored, ImageFormat.Jpeg);

            if (!cleaned.SequenceEqual(original))
                different.Add($"{name}: {string.Join(", ", original)} became {string.Join(", ", cleaned)}");
        }

        TestContext.Out.WriteLine($"{compared - different.Count} of {compared} pairs equal; {unseen} files are neither shown nor stored");
        Assert.That(different, Is.Empty);
    }

    // A browser that finds a fault after the first scan may show an image without any pixel.
    private static bool IsBlank(string[] look)
    {
        var match = Regex.Match(look[0], "^([0-9]+) x ([0-9]+): (.*)$");
        var width = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var height = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        var nothing = new byte[4 * width * height];
        return match.Groups[3].Value == Convert.ToHexStringLower(SHA256.HashData(nothing));
    }

    /// <returns>The URL of the stored image, or null if the service refuses it.</returns>
    private async Task<string?> StoreIfAcceptedAsync(byte[] file)
    {
        using var response = await Member.PostAsync("/api/v1/games", Form(file));
        return response.StatusCode == HttpStatusCode.UnprocessableEntity ? null : Url(await JsonAsync(response, HttpStatusCode.Created));
    }

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
