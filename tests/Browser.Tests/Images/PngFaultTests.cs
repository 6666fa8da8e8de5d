using System.Net;
using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>A PNG that breaks a rule, and that a browser shows nevertheless, looks the same after it was cleaned.</summary>
internal sealed class PngFaultTests : BrowserTests
{
    // The browser shows the rows that it finds. It then returns no frame, because the image is not whole.
    private const string IsWhole =
        """
        async url => {
            const decoder = new ImageDecoder({ data: await (await fetch(url)).arrayBuffer(), type: 'image/png' });

            try {
                (await decoder.decode()).image.close();
                return true;
            } catch {
                return false;
            }
        }
        """;

    [Test]
    public async Task A_cleaned_PNG_with_a_fault_looks_like_its_original()
    {
        var images = await BrowserImages.CreateAsync(Page);
        var compared = 0;
        var unseen = 0;
        var different = new List<string>();

        foreach (var (name, bytes) in PngFaults.All())
        {
            var url = OtherOrigin.Serve(bytes, "image/png");
            var original = await images.LookAsync(url, ImageFormat.Png);

            // The browser shows nothing, or only a part.
            if (original is not [.., "all"] || !await Page.EvaluateAsync<bool>(IsWhole, url))
            {
                unseen++;
                continue;
            }

            using var response = await Member.PostAsync("/api/v1/games", Form(bytes));

            if (response.StatusCode == HttpStatusCode.UnprocessableEntity && LacksFrame(original))
            {
                unseen++;
                continue;
            }

            compared++;

            if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                different.Add($"{name}: rejected");
                continue;
            }

            var cleaned = await images.LookAsync(Url(await JsonAsync(response, HttpStatusCode.Created)), ImageFormat.Png);

            if (!cleaned.SequenceEqual(original))
                different.Add($"{name}: {string.Join(", ", original)} became {string.Join(", ", cleaned)}");
        }

        TestContext.Out.WriteLine(
            $"PNG: {compared - different.Count} of {compared} pairs equal; the browser does not show {unseen} of the originals");
        Assert.That(different, Is.Empty);
    }

    // Each animation has two frames.
    private static bool LacksFrame(string[] look) => look.Count(line => line.StartsWith("for ", StringComparison.Ordinal)) == 1;
}
