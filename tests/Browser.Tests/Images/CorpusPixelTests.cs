using System.Net;
using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>Cleaned files that others made look as their originals do; from the folder that <c>GAMEIMAGES_CORPUS</c> names.</summary>
internal sealed class CorpusPixelTests : BrowserTests
{
    private Pictures pictures = null!;
    private string corpus = "";

    [OneTimeSetUp]
    public async Task Find_corpus()
    {
        corpus = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS") ?? "";

        if (corpus.Length == 0)
            Assert.Ignore("GAMEIMAGES_CORPUS names no folder of image files.");

        pictures = await Pictures.In(Page);
    }

    [TestCase("png")]
    [TestCase("jpeg")]
    [TestCase("gif")]
    [TestCase("webp")]
    public async Task A_cleaned_file_looks_as_its_original(string folder)
    {
        var format = ImageFormat.FromMimeType($"image/{folder}");
        var (compared, unseen, refused) = (0, 0, 0);
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
            var original = await pictures.LookAsync(Elsewhere.Serve(bytes, format.MimeType), format);
            var cleaned = await pictures.LookAsync(stored, format);

            // Cleaning ends a file that breaks off, and leaves out rubbish that keeps the browser from finding any picture.
            if (original.Length == 0)
                unseen++;
            else
                compared++;

            if (!cleaned.Take(original.Length).SequenceEqual(original))
                different.Add($"{Path.GetFileName(file)}: {string.Join(", ", original)} became {string.Join(", ", cleaned)}");
        }

        TestContext.Out.WriteLine(
            $"valid/{folder}: {compared - different.Count} of {compared} look as their originals; {unseen} originals are not shown, {refused} files refused");
        Assert.That(different, Is.Empty);
    }
}
