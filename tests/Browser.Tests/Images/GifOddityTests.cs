using System.Net;
using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>
/// A cleaned GIF looks like its original, also where the original breaks a rule. What Chromium shows in full is accepted.
/// </summary>
internal sealed class GifOddityTests : BrowserTests
{
    private BrowserImages images = null!;

    [OneTimeSetUp]
    public async Task Load_the_script() => images = await BrowserImages.CreateAsync(Page);

    [Test]
    public async Task An_odd_GIF_looks_like_its_original()
    {
        var pairs = 0;
        var refused = 0;
        var wrong = new List<string>();

        foreach (var (name, bytes) in GifOddities.All())
        {
            using var response = await Member.PostAsync("/api/v1/games", Form(bytes));
            var original = await images.LookAsync(OtherOrigin.Serve(bytes, ImageFormat.Gif.MimeType), ImageFormat.Gif);

            if (response.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType)
            {
                refused++;

                if (IsWhole(original))
                    wrong.Add($"{name}: refused, but shown as {string.Join(", ", original)}");

                continue;
            }

            var cleaned = await images.LookAsync(Url(await JsonAsync(response, HttpStatusCode.Created)), ImageFormat.Gif);
            pairs++;

            if (!IsSame(original, cleaned))
                wrong.Add($"{name}: {string.Join(", ", original)} became {string.Join(", ", cleaned)}");
        }

        TestContext.Out.WriteLine($"odd GIF files: {pairs - wrong.Count} of {pairs} pairs equal, {refused} refused");
        Assert.That(wrong, Is.Empty);
    }

    private static bool IsWhole(string[] look) => look is [.., "all"];

    // Chromium shows the image but reports an error if the end of the codes is missing, or if a frame has no codes. Cleaning adds the end.
    private static bool IsSame(string[] original, string[] cleaned) =>
        original.Length > 0 && (IsWhole(original) ? cleaned : cleaned.Take(original.Length)).SequenceEqual(original);
}
