#:project ../../src/Infrastructure/Infrastructure.csproj
#:package BitFaster.Caching@2.6.1
#:package Microsoft.Extensions.Caching.Hybrid@10.11.0
#:package ZiggyCreatures.FusionCache@2.9.0
#:property AssemblyName=GameImages.Benchmarks
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property TieredPGO=false
#:property TreatWarningsAsErrors=false
#:property NoWarn=CA1001;EnableGenerateDocumentationFile
#:property GenerateDocumentationFile=false

// Compares the cache of images with libraries: dotnet run -c Release 0009-image-cache.cs -- /path/to/a/folder/with/images
// The lengths of the images come from that folder. Costs are CPU time, so that other programs on the machine matter less.
using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Lru;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

const long Capacity = 8 * 1024 * 1024;
const int Images = 20_000;
const int Requests = 200_000;

var lengths = Directory.EnumerateFiles(args[0], "*", SearchOption.AllDirectories).Select(file => new FileInfo(file).Length)
    .Where(length => length is > 0 and <= 5 * 1024 * 1024).Order().ToArray();
var random = new Random(1);
var all = Enumerable.Range(0, 2 * Images).Select(_ => New(lengths[random.Next(lengths.Length)])).ToArray();
var mean = (long)all.Average(image => (double)image.Size);
Console.WriteLine($"{Images} images, {mean} bytes each on average with their objects; the cache has {Capacity} bytes.");

// Zipf's law with the exponent 0.9. The second half of the images occurs in scans only.
var shares = Enumerable.Range(1, Images).Select(rank => 1 / Math.Pow(rank, 0.9)).ToArray();
for (var rank = 1; rank < Images; rank++)
    shares[rank] += shares[rank - 1];
var zipf = Enumerable.Range(0, Requests).Select(_ => Rank()).ToArray();
var scanned = 0;
var scans = zipf.Chunk(Requests / 10)
    .SelectMany(chunk => chunk.Concat(Enumerable.Range(0, 5000).Select(_ => Images + scanned++ % Images))).ToArray();

Func<ICandidate>[] candidates =
[
    () => new Ours(Capacity),
    () => new Lfu((int)(Capacity / mean)),
    () => new Lru((int)(Capacity / mean)),
    () => new FrameworkMemoryCache(Capacity),
    () => new Fusion(Capacity),
    () => new Hybrid(Capacity),
];

Console.WriteLine(
    "| cache | hits, Zipf | hits, Zipf and scans | most bytes / capacity | hit, 1 thread | hit, 2 threads | allocated per hit |");
Console.WriteLine("|---|---|---|---|---|---|---|");
var costs = Costs();
foreach (var (number, create) in candidates.Index())
{
    var (withoutScans, _) = HitRate(create(), zipf);
    var (withScans, most) = HitRate(create(), scans);
    var (one, two, allocated) = costs[number];
    Console.WriteLine(
        $"| {create().GetType().Name} | {withoutScans:P1} | {withScans:P1} | {(double)most / Capacity:F2} | "
        + $"{one:F0} ns ({one / costs[0].One:F1}) | {two:F0} ns ({two / costs[0].Two:F1}) | {allocated:F0} B |");
}

int Rank()
{
    var found = Array.BinarySearch(shares, random.NextDouble() * shares[^1]);
    return found < 0 ? Math.Min(~found, Images - 1) : found;
}

static Image New(long length)
{
    var id = Guid.NewGuid();
    return new(id, $"{id:N}", new(id, new(ImageFormat.Png, ContentHash.Of([]), (int)length, null), null!, keep: true));
}

// A cached image holds its position in the cache, so each run needs images of its own.
(double Rate, long Most) HitRate(ICandidate cache, int[] trace)
{
    var images = all.Select(image => New(image.ByteLength)).ToArray();
    var hits = 0;
    var requests = 0;
    var most = 0L;
    foreach (var (turn, number) in trace.Index())
    {
        var found = cache.Find(images[number]);
        if (number < Images)
        {
            requests++;
            hits += found ? 1 : 0;
        }

        if (!found && images[number].ByteLength <= Capacity / 8)
        {
            cache.Add(images[number]);

            // Takes as long as the read from the database, during which libraries run their background work.
            var read = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(read).TotalMicroseconds < 20)
                Thread.SpinWait(10);
        }

        if (turn % 500 == 0)
            most = Math.Max(most, cache.Bytes(images));
    }

    return ((double)hits / requests, most);
}

// Measures all candidates in turn, and keeps the best of several rounds for each.
(double One, double Two, double Allocated)[] Costs()
{
    var images = Enumerable.Range(0, 300).Select(_ => New(20_000)).ToArray();
    var caches = candidates.Select(create => create()).ToArray();
    foreach (var cache in caches)
        Array.ForEach(images, image => cache.Add(cache is Ours ? Copy(image) : image));

    var results = caches.Select(_ => (One: double.MaxValue, Two: double.MaxValue, Allocated: 0.0)).ToArray();
    for (var round = 0; round < 5; round++)
    {
        foreach (var (number, cache) in caches.Index())
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var one = Cost(1);
            var allocated = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / 300_000;
            results[number] = (Math.Min(results[number].One, one), Math.Min(results[number].Two, Cost(2)), allocated);

            double Cost(int threads)
            {
                var began = Environment.CpuUsage.TotalTime;
                var work = Enumerable.Range(0, threads).Select(offset => new Thread(() =>
                {
                    for (var turn = 0; turn < 300_000; turn++)
                    {
                        if (!cache.Find(images[(turn * 7 + offset) % images.Length]))
                            throw new InvalidOperationException($"{cache.GetType().Name} lost an image.");
                    }
                })).ToList();
                work.ForEach(thread => thread.Start());
                work.ForEach(thread => thread.Join());
                return (Environment.CpuUsage.TotalTime - began).TotalNanoseconds / 300_000 / threads;
            }
        }
    }

    return results;

    static Image Copy(Image image) => image with
    {
        Content = new(image.Id, new(ImageFormat.Png, ContentHash.Of([]), image.ByteLength, null), null!, keep: true),
    };
}

[ImmutableObject(true)]
internal sealed record Image(Guid Id, string Key, CachedImage Content)
{
    public int ByteLength => Content.ByteLength;

    /// <summary>The bytes, and what our cache adds for the objects of an image.</summary>
    public int Size => ByteLength + 1024;
}

internal interface ICandidate
{
    bool Find(Image image);

    void Add(Image image);

    long Bytes(Image[] images);
}

internal sealed class Ours(long capacity) : ICandidate
{
    private readonly ImageCache cache = new(capacity);
    private readonly Lock turn = new();

    public bool Find(Image image) => cache.Find(image.Id) is not null;

    public void Add(Image image)
    {
        lock (turn)
            cache.Add(image.Content);
    }

    public long Bytes(Image[] images) => cache.Bytes;
}

// The caches of BitFaster count items. Their capacity is the number of images that fit on average.
internal sealed class Lfu(int capacity) : ICandidate
{
    private readonly ConcurrentLfu<Guid, Image> cache = new(capacity);

    public bool Find(Image image) => cache.TryGet(image.Id, out _);

    public void Add(Image image) => cache.AddOrUpdate(image.Id, image);

    public long Bytes(Image[] images) => cache.Sum(each => (long)each.Value.Size);
}

internal sealed class Lru(int capacity) : ICandidate
{
    private readonly ConcurrentLru<Guid, Image> cache = new(capacity);

    public bool Find(Image image) => cache.TryGet(image.Id, out _);

    public void Add(Image image) => cache.AddOrUpdate(image.Id, image);

    public long Bytes(Image[] images) => cache.Sum(each => (long)each.Value.Size);
}

internal sealed class FrameworkMemoryCache(long capacity) : ICandidate
{
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = capacity, TrackStatistics = true });

    public bool Find(Image image) => cache.TryGetValue(image.Id, out _);

    public void Add(Image image) => cache.Set(image.Id, image, new MemoryCacheEntryOptions { Size = image.Size });

    public long Bytes(Image[] images) => cache.GetCurrentStatistics()!.CurrentEstimatedSize!.Value;
}

internal sealed class Fusion : ICandidate
{
    private readonly MemoryCache memory;
    private readonly FusionCache cache;

    public Fusion(long capacity)
    {
        memory = new(new MemoryCacheOptions { SizeLimit = capacity, TrackStatistics = true });
        cache = new(new FusionCacheOptions(), memory);
    }

    public bool Find(Image image) => cache.TryGet<Image>(image.Key).HasValue;

    public void Add(Image image) => cache.Set(image.Key, image, options => options.SetDuration(TimeSpan.FromHours(1)).SetSize(image.Size));

    public long Bytes(Image[] images) => memory.GetCurrentStatistics()!.CurrentEstimatedSize!.Value;
}

internal sealed class Hybrid : ICandidate
{
    private static readonly HybridCacheEntryOptions OnlyLook = new()
    {
        Flags = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableDistributedCache,
    };

    private readonly HybridCache cache;
    private readonly MemoryCache memory;

    public Hybrid(long capacity)
    {
        memory = new(new MemoryCacheOptions { SizeLimit = capacity, TrackStatistics = true });
        var services = new ServiceCollection().AddSingleton<IMemoryCache>(memory);
        services.AddHybridCache(options => options.MaximumPayloadBytes = capacity / 8).AddSerializer<Image>(new Serializer());
        cache = services.BuildServiceProvider().GetRequiredService<HybridCache>();
    }

    public bool Find(Image image) =>
        cache.GetOrCreateAsync(image.Key, static _ => default(ValueTask<Image?>), OnlyLook).AsTask().Result is not null;

    public void Add(Image image) => cache.SetAsync(image.Key, image).AsTask().Wait();

    public long Bytes(Image[] images) => memory.GetCurrentStatistics()!.CurrentEstimatedSize!.Value;

    private sealed class Serializer : IHybridCacheSerializer<Image>
    {
        public Image Deserialize(ReadOnlySequence<byte> source) => throw new NotSupportedException();

        public void Serialize(Image value, IBufferWriter<byte> target)
        {
            target.GetSpan(value.Size);
            target.Advance(value.Size);
        }
    }
}
