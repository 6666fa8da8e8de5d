using BenchmarkDotNet.Attributes;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Benchmarks.Parts;

/// <summary>Measures the check of a file of 1 MiB and the removal of its metadata.</summary>
[MemoryDiagnoser]
public class Formats
{
    private static readonly ImageLimits Limits = new();

    private byte[] bytes = [];
    private ImageFormat format = ImageFormat.Png;

    [Params("PNG", "JPEG", "GIF", "WebP")]
    public string Format { get; set; } = "";

    /// <summary>Whether the file has a comment. Without one, the result is a slice of the upload.</summary>
    [Params(false, true)]
    public bool Comment { get; set; }

    [GlobalSetup]
    public void Create() => (bytes, format) = Format switch
    {
        "PNG" => (LargeImages.Png(Comment), ImageFormat.Png),
        "JPEG" => (LargeImages.Jpeg(Comment), ImageFormat.Jpeg),
        "GIF" => (LargeImages.Gif(Comment), ImageFormat.Gif),
        _ => (LargeImages.WebP(Comment), ImageFormat.WebP),
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
