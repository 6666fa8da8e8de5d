using BenchmarkDotNet.Attributes;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;

namespace GameImages.Benchmarks.Parts;

/// <summary>Measures the cache for images in memory: a hit, a miss, and an insertion into the full cache.</summary>
[MemoryDiagnoser]
public class Cache
{
    private const int Count = 1000;
    private const int Length = 64 * 1024;

    private static readonly PublicImageRow Row = new(ImageFormat.Png, ContentHash.Of([]), Length, null);

    private readonly PublicImageKey[] keys = [.. Enumerable.Range(0, Count).Select(_ => new PublicImageKey(Guid.NewGuid()))];
    private readonly ImageCache cache = new(2L * Count * Length);
    private int turn;

    [GlobalSetup]
    public void Fill() => Array.ForEach(keys, key => cache.Add(new(key, Row, null!, keep: true)));

    [Benchmark]
    public bool Hit() => cache.Find(keys[turn++ % Count]) is not null;

    [Benchmark]
    public bool Miss() => cache.Find(default) is not null;

    /// <summary>Evicts another image. The time to read the content is not measured.</summary>
    [Benchmark]
    public void Newcomer() => cache.Add(new(new(Guid.NewGuid()), Row, null!, keep: true));
}
