using BenchmarkDotNet.Attributes;
using GameImages.Benchmarks.Setup;
using GameImages.Domain.Images;

namespace GameImages.Benchmarks.Parts;

/// <summary>Measures the hash that identifies equal images.</summary>
[MemoryDiagnoser]
public class Hashes
{
    private byte[] bytes = [];

    [Params(Sizes.Small, Sizes.Medium, Sizes.Large)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Create()
    {
        bytes = new byte[Bytes];
        new Random(1).NextBytes(bytes);
    }

    [Benchmark]
    public ContentHash Of() => ContentHash.Of(bytes);
}
