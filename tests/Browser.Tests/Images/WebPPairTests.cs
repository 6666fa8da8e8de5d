using System.Net;
using System.Text;
using GameImages.Domain.Images;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>Cleaning changes nothing that a browser shows, also if a part of a WebP file breaks a rule.</summary>
internal sealed class WebPPairTests : BrowserTests
{
    // The page may show a part of a broken image, or a blank one.
    private const string IsShown =
        """
        async url => {
            try {
                const data = await (await fetch(url)).arrayBuffer();
                const decoder = new ImageDecoder({ data, type: 'image/webp' });
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
            var url = OtherOrigin.Serve(file, ImageFormat.WebP.MimeType);
            using var response = await Member.PostAsync("/api/v1/games", Form(file));
            var isRefused = response.StatusCode == HttpStatusCode.UnprocessableEntity;

            if (!await Page.EvaluateAsync<bool>(IsShown, url))
            {
                notShown++;
                continue;
            }

            var original = await images.LookAsync(url, ImageFormat.WebP);

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
        var start = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(tag));
        var length = BitConverter.ToInt32(file, start + 4);
        return SmallWebP.Chunk(tag, file[(start + 8)..(start + 8 + length)]);
    }
}
