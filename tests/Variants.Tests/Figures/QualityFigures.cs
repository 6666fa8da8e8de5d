using System.Diagnostics;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Variants.Tests.Decoding;
using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Tests.Figures;

/// <summary>
/// Prints the tables of docs/images.md for the photographs of GAMEIMAGES_CORPUS. Run it alone, with
/// dotnet test --filter FullyQualifiedName~QualityFigures.
/// </summary>
[Explicit("It takes minutes, and prints figures.")]
public sealed class QualityFigures
{
    private const double LowestSimilarity = 0.95;

    private static readonly int[] Widths = [160, 320, 640, 1280, 1920];

    [TestCase(70)]
    [TestCase(76)]
    [TestCase(82)]
    [TestCase(88)]
    public void Bytes_and_similarity_of_each_width(int quality)
    {
        var photographs = Photographs();
        foreach (var width in Widths)
        {
            var rows = photographs.Select(photograph => Measure(photograph, width, quality)).OfType<Row>().ToList();
            Print($"quality {quality}", width, rows);
        }
    }

    /// <summary>The child decodes large JPEG files at a part of their size, and makes small copies from the largest one.</summary>
    [Test]
    public async Task Similarity_of_what_the_child_makes()
    {
        var rows = Widths.ToDictionary(width => width, _ => new List<Row>());
        foreach (var photograph in Photographs())
        {
            var bytes = await File.ReadAllBytesAsync(photograph);
            var made = await TestDecoder.UploadAsync(bytes, Widths);
            using var image = Read(photograph);
            foreach (var variant in made.Variants)
            {
                using var resized = Resize(image, variant.Size.Width);
                using var copy = VipsImage.NewFromBuffer(variant.Bytes.ToArray()).CopyMemory();
                Assert.That(variant.Size, Is.EqualTo(new ImageSize(resized.Width, resized.Height)), photograph);
                rows[variant.Size.Width].Add(
                    new(Path.GetFileName(photograph), variant.Bytes.Length, bytes.Length, Similarity.Of(resized, copy)));
            }
        }

        foreach (var (width, measured) in rows)
            Print("the child", width, measured);
        Assert.That(rows.SelectMany(width => width.Value).Select(row => row.Similarity), Is.All.AtLeast(LowestSimilarity));
    }

    /// <summary>Includes the start of the processes. One core runs all children.</summary>
    [Test]
    public async Task Images_and_variants_per_second_on_one_core()
    {
        var program = new DecoderPrograms().OnOneCore;
        var photographs = Photographs();
        var made = 0;
        var started = Stopwatch.GetTimestamp();
        foreach (var photograph in photographs)
        {
            var bytes = await File.ReadAllBytesAsync(photograph);
            var variants = await TestDecoder.Maker(program).MakeAsync(ImageFormat.Recognize(bytes)!, bytes, Widths, default);
            made += variants.Variants.Count;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        TestContext.Out.WriteLine(
            $"{photographs.Count} photographs, {made} variants in {seconds:F1} s: {photographs.Count / seconds:F2} images/s, "
            + $"{made / seconds:F2} variants/s");
    }

    private static List<string> Photographs()
    {
        var folder = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS") ?? "";
        Assume.That(folder, Is.Not.Empty, "GAMEIMAGES_CORPUS is not set.");
        string[] kinds = ["jpeg", "webp"];
        return [.. kinds.SelectMany(kind => Directory.EnumerateFiles(Path.Combine(folder, "valid", kind)).Order()).Where(IsPhotograph)];
    }

    // A drawing has few colors, so its file is small for its size. A camera knows no transparency.
    private static bool IsPhotograph(string file)
    {
        try
        {
            var content = ImageContent.Read(File.ReadAllBytes(file), new ImageLimits());
            return content.Size.Width >= 640 && content.Size.Height >= 300 && content.Frames == 1
                && content.Bytes.Length > 0.1 * content.Size.Width * content.Size.Height / 8 && !HasAlpha(file);
        }
        catch (ImageRefusedException)
        {
            return false;
        }
    }

    private static bool HasAlpha(string file)
    {
        using var image = VipsImage.NewFromFile(file);
        return image.HasAlpha();
    }

    private static Row? Measure(string file, int width, int quality)
    {
        using var image = Read(file);
        if (image.Width <= width)
            return null;

        using var resized = Resize(image, width);
        var bytes = resized.WebpsaveBuffer(q: quality, effort: 4, smartSubsample: true, keep: Enums.ForeignKeep.None);
        using var variant = VipsImage.NewFromBuffer(bytes).CopyMemory();
        return new(Path.GetFileName(file), bytes.Length, new FileInfo(file).Length, Similarity.Of(resized, variant));
    }

    private static VipsImage Read(string file) =>
        VipsImage.NewFromFile(file).Autorot().Colourspace(Enums.Interpretation.Srgb).CopyMemory();

    private static VipsImage Resize(VipsImage image, int width) =>
        image.ThumbnailImage(width, 10_000_000, size: Enums.Size.Down).CopyMemory();

    private static void Print(string title, int width, List<Row> rows)
    {
        if (rows.Count > 0)
            TestContext.Out.WriteLine(
                $"{title}, width {width}: {rows.Count} images, median {Median(rows.Select(row => (double)row.Bytes)):F0} bytes, "
                + $"total {rows.Sum(row => row.Bytes)} = {100.0 * rows.Sum(row => row.Bytes) / rows.Sum(row => row.Original):F1} % of "
                + $"originals, SSIM min {rows.Min(row => row.Similarity):F4} ({rows.MinBy(row => row.Similarity)!.Name}), "
                + $"median {Median(rows.Select(row => row.Similarity)):F4}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Row(string Name, long Bytes, long Original, double Similarity);
}
