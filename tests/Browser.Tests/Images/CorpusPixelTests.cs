using System.Net;
using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>Cleans image files from the folder that <c>GAMEIMAGES_CORPUS</c> names, and compares them with their originals.</summary>
internal sealed class CorpusPixelTests : BrowserTests
{
    private BrowserImages images = null!;
    private string corpus = "";

    [OneTimeSetUp]
    public async Task Find_the_corpus()
    {
        corpus = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS") ?? "";

        if (corpus.Length == 0)
            Assert.Ignore("GAMEIMAGES_CORPUS names no folder of image files.");

        images = await BrowserImages.CreateAsync(Page);
    }

    [TestCase("png")]
    [TestCase("jpeg")]
    [TestCase("gif")]
    [TestCase("webp")]
    public async Task A_cleaned_file_looks_like_its_original(string folder)
    {
        var format = ImageFormat.FromMimeType($"image/{folder}");
        var compared = 0;
        var unseen = 0;
        var refused = 0;
        var different = new List<string>();

        foreach (var file in Directory.EnumerateFiles(Path.Combine(corpus, "valid", folder)).Order(StringComparer.Ordinal))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            using var response = await Member.PostAsync("/api/v1/games", Form(bytes));

            if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                refused++;
                continue;
            }

            var stored = Url(await JsonAsync(response, HttpStatusCode.Created));
            var original = await images.LookAsync(OtherOrigin.Serve(bytes, format.MimeType), format);
            var cleaned = await images.LookAsync(stored, format);

            // The browser may show a cleaned file whose original it does not show: cleaning completes truncated files and removes rubbish.
            if (original.Length == 0)
                unseen++;
            else
                compared++;

            if (!cleaned.Take(original.Length).SequenceEqual(original))
                different.Add($"{Path.GetFileName(file)}: {string.Join(", ", original)} became {string.Join(", ", cleaned)}");
        }

        TestContext.Out.WriteLine(
            $"valid/{folder}: {compared - different.Count} of {compared} look like their originals; "
            + $"{unseen} originals are not shown, {refused} files were rejected");
        Assert.That(different, Is.Empty);
    }
}
