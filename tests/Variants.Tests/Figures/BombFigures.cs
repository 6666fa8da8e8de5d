using System.Diagnostics;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Variants.Decoding;
using GameImages.Variants.Tests.Decoding;
using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Tests.Figures;

/// <summary>Prints time and peak memory of the child for the largest images. It needs GNU time.</summary>
[Explicit("It takes minutes, and prints figures.")]
public sealed class BombFigures
{
    private const int Side = 4096;
    private static readonly int[] Widths = [160, 320, 640, 1280, 1920];

    private static readonly Dictionary<string, Func<byte[]>> Bombs = new()
    {
        ["PNG flat"] = () => Flat(4).PngsaveBuffer(),
        ["PNG 5 colors of noise"] = () => Noise().PngsaveBuffer(),
        ["PNG 16 bits interlaced"] = () => Flat(4).Colourspace(Enums.Interpretation.Rgb16).PngsaveBuffer(interlace: true),
        ["JPEG"] = () => Noise().JpegsaveBuffer(q: 50),
        ["JPEG progressive"] = () => Noise().JpegsaveBuffer(q: 50, interlace: true),
        ["WebP lossless"] = () => Noise().WebpsaveBuffer(lossless: true, effort: 1),
        ["WebP lossy"] = () => Noise().WebpsaveBuffer(q: 50, effort: 1),
        ["GIF 1 frame"] = () => Noise().GifsaveBuffer(effort: 1),
        ["GIF 1000 frames of 310 x 310"] = () => Animation(310, 1000).GifsaveBuffer(effort: 1),
        ["GIF 5 frames of 4096 x 4096"] = () => Animation(Side, 5).GifsaveBuffer(effort: 1),
        ["GIF 1000 frames of 1 x 1 on 4096 x 4096"] = () => Painted.Specks(1000),
        ["GIF 100 frames of 1 x 1 on 4096 x 4096"] = () => Painted.Specks(100),
        ["WebP 1000 frames of 310 x 310"] = () => Animation(310, 1000).WebpsaveBuffer(effort: 0),
    };

    [TestCaseSource(nameof(Names))]
    public async Task Time_and_memory(string name) => await MeasureAsync(name, Bombs[name]());

    [Test]
    public async Task Files_of_the_corpus()
    {
        var folder = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS") ?? "";
        Assume.That(folder, Is.Not.Empty, "GAMEIMAGES_CORPUS is not set.");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "huge"), "*", SearchOption.AllDirectories).Order())
            await MeasureAsync($"{Path.GetFileName(file)}", await File.ReadAllBytesAsync(file));
    }

    private static IEnumerable<string> Names() => Bombs.Keys;

    private static async Task MeasureAsync(string name, byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        var figures = folder.File("figures");
        var result = "";
        var started = Stopwatch.GetTimestamp();
        try
        {
            var format = ImageFormat.Recognize(bytes)!;
            var made = await TestDecoder.Maker(new DecoderPrograms().Measured(figures)).MakeAsync(format, bytes, Widths, default);
            result = $"{made.Variants.Count} variants";
        }
        catch (VariantsFailedException failed)
        {
            result = failed.Message;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var lines = File.Exists(figures) ? (await File.ReadAllTextAsync(figures)).Trim().Replace('\n', ' ') : "none";
        TestContext.Out.WriteLine($"{name}: {bytes.Length} bytes, accepted: {IsAccepted(bytes)}, {seconds:F1} s, time: {lines}; {result}");
    }

    private static bool IsAccepted(byte[] bytes)
    {
        try
        {
            ImageContent.Read(bytes, new ImageLimits());
            return true;
        }
        catch (ImageRefusedException)
        {
            return false;
        }
    }

    private static VipsImage Flat(int bands) =>
        (VipsImage.Black(Side, Side, bands) + 200).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);

    private static VipsImage Noise(int height = Side, int width = Side) =>
        (VipsImage.Gaussnoise(width, height, sigma: 0.3, mean: 2).Rint() * 50).Cast(Enums.BandFormat.Uchar)
        .Bandjoin(VipsImage.Black(width, height), VipsImage.Black(width, height)).Copy(interpretation: Enums.Interpretation.Srgb);

    private static VipsImage Animation(int side, int frames) =>
        Noise(side * frames, side).Mutate(image => image.Set(GValue.GIntType, "page-height", side));
}
