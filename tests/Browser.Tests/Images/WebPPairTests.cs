using System.Net;
using GameImages.Domain.Images;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>Cleaning changes nothing that a browser shows, also if a part of a WebP file breaks a rule.</summary>
internal sealed class WebPPairTests : BrowserTests
{
    [Test]
    public async Task A_cleaned_file_with_a_wrong_part_looks_like_its_original()
    {
        var images = await BrowserImages.CreateAsync(Page);
        var painted = await images.PaintAsync(ImageFormat.WebP, 0.8);
        var lossy = Chunk(painted, "VP8 ");
        var lossless = Chunk(await images.PaintAsync(ImageFormat.WebP, 1, seed: 2), "VP8L");
        var pairs = new WebPPairs(lossy, Chunk(painted, "ALPH"), lossless, BrowserImages.Width, BrowserImages.Height);
        var equal = 0;
        var notShown = 0;
        var different = new List<string>();

        foreach (var (name, file) in pairs.All())
        {
            var original = await images.LookAsync(OtherOrigin.Serve(file, ImageFormat.WebP.MimeType), ImageFormat.WebP);
            using var response = await Member.PostAsync("/api/v1/games", Form(file));
            var isRefused = response.StatusCode == HttpStatusCode.UnprocessableEntity;

            // A file that the browser shows in part only is truncated.
            if (original is not [.., "all"])
            {
                notShown++;
                continue;
            }

            if (isRefused)
            {
                different.Add($"{name}: refused");
                continue;
            }

            var cleaned = await images.LookAsync(Url(await JsonAsync(response, HttpStatusCode.Created)), ImageFormat.WebP);

            if (cleaned.SequenceEqual(original))
                equal++;
            else
                different.Add($"{name}: {string.Join(", ", original)} became {string.Join(", ", cleaned)}");
        }

        TestContext.Out.WriteLine($"{equal} of {equal + different.Count} pairs equal; {notShown} originals are not shown");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(different, Is.Empty);
            Assert.That(equal, Is.GreaterThan(200));
        }
    }

    private static byte[] Chunk(byte[] file, string tag)
    {
        var start = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(tag));
        var length = BitConverter.ToInt32(file, start + 4);
        return SmallWebP.Chunk(tag, file[(start + 8)..(start + 8 + length)]);
    }
}
