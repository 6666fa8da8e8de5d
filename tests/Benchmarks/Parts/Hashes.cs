using BenchmarkDotNet.Attributes;
using GameImages.Benchmarks.Setup;
using GameImages.Domain.Images;

namespace GameImages.Benchmarks.Parts;

/// <summary>The hash that says whether two pictures are the same.</summary>
[MemoryDiagnoser]
public class Hashes
{
    private byte[] bytes = [];

    [Params(Sizes.Small, Sizes.Medium, Sizes.Large)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Make() => new Random(1).NextBytes(bytes = new byte[Bytes]);

    [Benchmark]
    public ContentHash Of() => ContentHash.Of(bytes);
}
