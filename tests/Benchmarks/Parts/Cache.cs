using BenchmarkDotNet.Attributes;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;

namespace GameImages.Benchmarks.Parts;

/// <summary>What a request for a picture pays that is in memory, and what one pays that comes there.</summary>
[MemoryDiagnoser]
public class Cache
{
    private const int Pictures = 1000;
    private const int Length = 64 * 1024;

    private static readonly PublicImageRow Row = new(ImageFormat.Png, ContentHash.Of([]), Length, null);

    private readonly Guid[] ids = [.. Enumerable.Range(0, Pictures).Select(_ => Guid.NewGuid())];
    private readonly ImageCache cache = new(2L * Pictures * Length);
    private int turn;

    [GlobalSetup]
    public void Fill() => Array.ForEach(ids, id => cache.Add(new(id, Row, null!, keep: true)));

    [Benchmark]
    public bool Hit() => cache.Find(ids[turn++ % Pictures]) is not null;

    [Benchmark]
    public bool Miss() => cache.Find(Guid.Empty) is not null;

    /// <summary>Somebody has to go for it; without reading its content.</summary>
    [Benchmark]
    public void Newcomer() => cache.Add(new(Guid.NewGuid(), Row, null!, keep: true));
}
