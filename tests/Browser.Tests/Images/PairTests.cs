using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>
/// A file with a part in a wrong place, there twice or of a wrong length looks the same after it was cleaned. Only files that the browser
/// does not show in full may be refused.
/// </summary>
internal sealed class PairTests : BrowserTests
{
    private enum Result
    {
        Equal,
        Different,
        NotShown,
    }

    // Fails if the browser shows only a part of the image, or reports an error in a frame.
    private const string IsWhole =
        """
        async ([url, type]) => {
            try {
                const decoder = new ImageDecoder({ data: await (await fetch(url)).arrayBuffer(), type });
                await decoder.tracks.ready;
                await decoder.completed;

                for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack.frameCount; frameIndex++)
                    (await decoder.decode({ frameIndex })).image.close();

                return decoder.tracks.selectedTrack.frameCount > 0;
            } catch {
                return false;
            }
        }
        """;

    // The browser decodes several images at a time.
    private const int AtOnce = 8;

    private BrowserImages images = null!;

    [OneTimeSetUp]
    public async Task Load_the_script() => images = await BrowserImages.CreateAsync(Page);

    [Test]
    public async Task A_JPEG_with_a_wrong_part_looks_like_its_original()
    {
        var layouts = new[] { await JpegSample.PaintLayoutAsync(images), JpegLayout.ThreeScans, JpegLayout.Progressive };

        foreach (var layout in layouts)
        {
            var look = await images.LookAsync(OtherOrigin.Serve(layout.With("after the end", []), "image/jpeg"), ImageFormat.Jpeg);
            Assert.That(look is [.., "all"] && !IsBlank(look), layout.Name);
        }

        await CompareAsync(ImageFormat.Jpeg, layouts.SelectMany(JpegPlaces.Of));
    }

    [Test]
    public Task A_PNG_with_a_wrong_part_looks_like_its_original() => CompareAsync(ImageFormat.Png, PngFaults.All());

    [Test]
    public Task A_GIF_with_a_wrong_part_looks_like_its_original() => CompareAsync(ImageFormat.Gif, GifOddities.All());

    [Test]
    public async Task A_WebP_with_a_wrong_part_looks_like_its_original()
    {
        var painted = await images.PaintAsync(ImageFormat.WebP, 0.8);
        var lossless = Chunk(await images.PaintAsync(ImageFormat.WebP, 1, seed: 2), "VP8L");
        var pairs = new WebPPairs(Chunk(painted, "VP8 "), Chunk(painted, "ALPH"), lossless, BrowserImages.Width, BrowserImages.Height);
        await CompareAsync(ImageFormat.WebP, pairs.All());
    }

    private async Task CompareAsync(ImageFormat format, IEnumerable<(string Name, byte[] File)> files)
    {
        var results = new List<(Result Result, string Text)>();

        foreach (var some in files.Chunk(AtOnce))
            results.AddRange(await Task.WhenAll(some.Select(pair => CompareAsync(format, pair.Name, pair.File))));

        var equal = results.Count(result => result.Result == Result.Equal);
        var notShown = results.Count(result => result.Result == Result.NotShown);
        var different = results.Where(result => result.Result == Result.Different).Select(result => result.Text).ToList();

        TestContext.Out.WriteLine(
            $"pairs/{format}: {equal} of {equal + different.Count} equal; {notShown} files are not shown in full, or are blank");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(different, Is.Empty);
            Assert.That(equal, Is.GreaterThan(200));
        }
    }

    private async Task<(Result Result, string Text)> CompareAsync(ImageFormat format, string name, byte[] file)
    {
        var url = OtherOrigin.Serve(file, format.MimeType);
        var original = await images.LookAsync(url, format);
        var clean = Clean(file);
        var cleaned = clean is null ? ["refused"] : await images.LookAsync(OtherOrigin.Serve(clean, format.MimeType), format);

        if (original.Length > 0 && cleaned.SequenceEqual(original))
            return (Result.Equal, name);

        var isWhole = original is [.., "all"] && await Page.EvaluateAsync<bool>(IsWhole, new[] { url, format.MimeType });
        var isShown = isWhole && !IsBlank(original) && !(clean is null && LacksFrame(original));
        return (
            isShown ? Result.Different : Result.NotShown,
            $"{name}: {string.Join(", ", original)} became {string.Join(", ", cleaned)}");
    }

    private static byte[]? Clean(byte[] file)
    {
        try
        {
            return ImageContent.Read(file, new()).Bytes.ToArray();
        }
        catch (ImageRefusedException)
        {
            return null;
        }
    }

    // A browser that finds a fault may show an image without any pixel.
    private static bool IsBlank(string[] look)
    {
        var match = Regex.Match(look[0], "^([0-9]+) x ([0-9]+): (.*)$");
        var width = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var height = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return match.Groups[3].Value == Convert.ToHexStringLower(SHA256.HashData(new byte[4 * width * height]));
    }

    // Each animation of these files has more than one frame.
    private static bool LacksFrame(string[] look) => look.Count(line => line.StartsWith("for ", StringComparison.Ordinal)) == 1;

    private static byte[] Chunk(byte[] file, string tag)
    {
        var start = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(tag));
        var length = BitConverter.ToInt32(file, start + 4);
        return SmallWebP.Chunk(tag, file[(start + 8)..(start + 8 + length)]);
    }
}
