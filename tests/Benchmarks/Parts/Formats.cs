using BenchmarkDotNet.Attributes;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Benchmarks.Parts;

/// <summary>Checking how 1 MiB is built, and leaving out what only describes the picture.</summary>
[MemoryDiagnoser]
public class Formats
{
    private static readonly ImageLimits Limits = new();

    private byte[] bytes = [];
    private ImageFormat format = ImageFormat.Png;

    [Params("PNG", "JPEG", "GIF", "WebP")]
    public string Format { get; set; } = "";

    /// <summary>Without one, the result is a slice of the upload.</summary>
    [Params(false, true)]
    public bool Comment { get; set; }

    [GlobalSetup]
    public void Make() => (bytes, format) = Format switch
    {
        "PNG" => (LargePictures.Png(Comment), ImageFormat.Png),
        "JPEG" => (LargePictures.Jpeg(Comment), ImageFormat.Jpeg),
        "GIF" => (LargePictures.Gif(Comment), ImageFormat.Gif),
        _ => (LargePictures.WebP(Comment), ImageFormat.WebP),
    };

    [Benchmark]
    public int Walk()
    {
        var input = new ByteReader(bytes);
        var output = new CleanCopy(bytes);
        format.Walk(ref input, output, new Canvas(Limits));
        return output.Bytes.Length;
    }
}
