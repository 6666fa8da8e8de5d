using System.Diagnostics;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Tests.Images;

/// <summary>Reads valid and hostile files of other projects. The variable <c>GAMEIMAGES_CORPUS</c> names their folder.</summary>
public sealed class CorpusTests
{
    // A file on which the walk hangs takes longer, also on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private string corpus = "";

    [OneTimeSetUp]
    public void Find_the_corpus()
    {
        var folder = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS");

        if (string.IsNullOrEmpty(folder))
            Assert.Ignore("GAMEIMAGES_CORPUS is not set. Set it to a folder of image files.");

        corpus = folder!;
    }

    [TestCase("png")]
    [TestCase("jpeg")]
    [TestCase("gif")]
    [TestCase("webp")]
    public void Valid_files_are_refused_only_for_stated_reasons(string format)
    {
        var outcomes = WalkAll(Path.Combine("valid", format));
        var refused = outcomes.Where(outcome => outcome.Refusal is not null).ToList();
        Print($"valid/{format}: {refused.Count} of {outcomes.Count} refused", refused);

        Assert.That(refused.Where(outcome => !IsStated(format, outcome.Refusal!)), Is.Empty);
    }

    [TestCase("png")]
    [TestCase("jpeg")]
    [TestCase("gif")]
    [TestCase("webp")]
    public void Malformed_files_are_accepted_or_refused_in_time(string format)
    {
        var outcomes = WalkAll(Path.Combine("malformed", format));
        var accepted = outcomes.Where(outcome => outcome.Refusal is null).ToList();
        Print($"malformed/{format}: {accepted.Count} of {outcomes.Count} accepted", accepted);
    }

    [Test]
    public void Files_that_claim_more_than_the_limits_are_refused()
    {
        var outcomes = WalkAll("huge");
        var accepted = outcomes.Where(outcome => outcome.Refusal is null).ToList();
        Print($"huge: {outcomes.Count - accepted.Count} of {outcomes.Count} refused", outcomes);

        Assert.That(accepted, Is.Empty);
    }

    // An EXIF segment with only the orientation has 34 bytes. A position needs a directory of its own, so it needs more bytes.
    [Test]
    public void Cleaned_photographs_contain_no_position()
    {
        var outcomes = WalkAll("gps");
        var left = outcomes.Where(outcome => outcome.Clean is null || HasMoreThanOrientation(outcome.Clean)).ToList();
        Print($"gps: {left.Count} of {outcomes.Count} are refused or still have EXIF", left);

        Assert.That(left, Is.Empty);
    }

    private static bool HasMoreThanOrientation(ReadOnlySpan<byte> clean)
    {
        var exif = clean.IndexOf("Exif\0\0"u8);
        return exif >= 0 && !clean[..exif].EndsWith((ReadOnlySpan<byte>)[0xFF, 0xE1, 0, 34]);
    }

    // The product refuses these files on purpose, although some decoders show them: files over the limits, frames outside the image (but
    // not in GIF), images without pixels, files that end too early, GIF files that Chromium does not show, and JPEG files that no
    // browser shows, or whose data is broken in many places.
    private static bool IsStated(string format, string refusal) =>
        refusal.Contains("a side has at most", StringComparison.Ordinal)
        || (format != "gif" && refusal.Contains("A frame does not fit into the image", StringComparison.Ordinal))
        || (format == "gif" && refusal.Contains("before its first frame", StringComparison.Ordinal))
        || refusal.Contains("each side must have at least 1", StringComparison.Ordinal)
        || refusal.Contains("browsers do not show", StringComparison.Ordinal)
        || refusal.Contains("ends before its last block", StringComparison.Ordinal)
        || refusal.Contains("codes that do not exist or change nothing", StringComparison.Ordinal)
        || refusal.Contains("The file has no end marker", StringComparison.Ordinal);

    private static void Print(string summary, IEnumerable<Outcome> outcomes)
    {
        TestContext.Out.WriteLine(summary);

        foreach (var outcome in outcomes)
            TestContext.Out.WriteLine($"  {outcome.File}: {outcome.Refusal ?? "accepted"}");
    }

    private List<Outcome> WalkAll(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(corpus, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return [.. files.Select(Walk)];
    }

    private Outcome Walk(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var name = Path.GetRelativePath(corpus, file);
        var start = Stopwatch.GetTimestamp();
        byte[]? clean = null;
        string? refusal = null;

        try
        {
            var content = ImageContent.Read(bytes, new());
            clean = content.Bytes.ToArray();
            Assert.That(content.Format.ReadSize(clean), Is.EqualTo(content.Size), $"the header of {name} states another size");
        }
        catch (ImageRefusedException refused)
        {
            refusal = refused.Message;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(Patience), name);
            Assert.That(
                clean is null || ImageContent.Read(clean, new()).Bytes.Span.SequenceEqual(clean),
                Is.True,
                $"{name} changes when it is cleaned a second time");
        }

        return new(name, refusal, clean);
    }

    private sealed record Outcome(string File, string? Refusal, byte[]? Clean);
}
