using System.Diagnostics.Metrics;
using GameImages.Application.Images;
using GameImages.Infrastructure.Database;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// Finds public images, popular ones in memory. An image that was read is trusted for <see cref="TrustPeriod"/>, and after that as long as
/// <see cref="ImageChangeListener"/> proves that it receives a notification of every deletion.
/// </summary>
internal sealed class PublicImages : IPublicImages
{
    /// <summary>The longest time for which a deleted image can still be sent from memory.</summary>
    public static readonly TimeSpan TrustPeriod = TimeSpan.FromMilliseconds(900);

    private readonly PublicImageReader reader;
    private readonly TimeProvider time;
    private readonly ImageCache cache;
    private readonly int maxKeptBytes;
    private readonly Dictionary<PublicImageKey, Load> loads = [];
    private readonly long trustPeriod;
    private readonly Lock turn = new();
    private readonly Counter<long> hits;
    private readonly Counter<long> misses;
    private long trustedUntil;

    public PublicImages(PublicDatabase database, RetryPipeline retry, TimeProvider time, IMeterFactory meters, long cacheBytes)
    {
        reader = new(database, retry);
        this.time = time;
        cache = new(cacheBytes);
        trustedUntil = time.GetTimestamp();
        trustPeriod = (long)(TrustPeriod.TotalSeconds * time.TimestampFrequency);

        // One image must not evict all others.
        maxKeptBytes = (int)Math.Min(cacheBytes / 8, int.MaxValue);
        var meter = meters.Create("GameImages");
        hits = meter.CreateCounter<long>("gameimages.cache.hits", "{request}", "Requests for images that were in memory.");
        misses = meter.CreateCounter<long>(
            "gameimages.cache.misses", "{request}", "Requests for images that were not in memory, or not trusted to be current.");
        meter.CreateObservableCounter(
            "gameimages.cache.evictions", () => cache.Evictions, "{image}", "Images that were evicted for lack of memory.");
        meter.CreateObservableGauge("gameimages.cache.bytes", () => cache.Bytes, "By", "The memory that cached images take at most.");
        meter.CreateObservableGauge("gameimages.cache.images", () => cache.Images, "{image}", "Images in memory.");
    }

    private sealed record Load(long Began, Lazy<Task<CachedImage?>> Image);

    public PublicImage? FindCached(PublicImageKey key, out ReadOnlyMemory<byte> beginning)
    {
        beginning = default;
        if (Current(key) is not { } image || !image.TryRead(0, image.ByteLength, out beginning))
            return null;

        hits.Add(1);
        return image;
    }

    public async Task<PublicImage?> FindAsync(PublicImageKey key, bool withContent, CancellationToken ct)
    {
        if (Current(key) is not { } image)
        {
            misses.Add(1);
            return await Share(key, withContent).WaitAsync(ct);
        }

        // With the content in memory, FindCached has counted the request.
        if (!image.TryRead(0, 1, out _))
            (withContent ? misses : hits).Add(1);

        return image;
    }

    /// <summary>
    /// Every image that was deleted or changed before a moment has been evicted, so the cached images are trusted for a period after it.
    /// </summary>
    /// <param name="timestamp">A timestamp of the time provider.</param>
    public void TrustFrom(long timestamp) => Volatile.Write(ref trustedUntil, timestamp + trustPeriod);

    /// <summary>Evicts an image that was deleted or changed, and its variants.</summary>
    public void Evict(Guid imageId)
    {
        lock (turn)
        {
            // A read that is running may have begun before the deletion. The next request starts another read.
            foreach (var key in loads.Keys.Where(key => key.ImageId == imageId).ToList())
                loads.Remove(key);
            cache.Remove(imageId);
        }
    }

    public void EvictAll()
    {
        lock (turn)
        {
            loads.Clear();
            cache.Clear();
        }
    }

    private CachedImage? Current(PublicImageKey key) => cache.Find(key) is { } image && IsCurrent(image.ReadAt) ? image : null;

    // An image is current for one period after it was read, even if no notifications arrive.
    private bool IsCurrent(long readAt) => time.GetTimestamp() < Math.Max(Volatile.Read(ref trustedUntil), readAt + trustPeriod);

    // One read serves all requests that arrive meanwhile. It runs to its end even if its own client disconnects.
    private Task<CachedImage?> Share(PublicImageKey key, bool withContent)
    {
        Load? load;

        lock (turn)
        {
            if (!loads.TryGetValue(key, out load) || !IsCurrent(load.Began))
            {
                Load own = null!;
                var began = time.GetTimestamp();
                loads[key] = load = own = new(began, new(() => LoadAsync(key, withContent, own)));
            }
        }

        return load.Image.Value;
    }

    private async Task<CachedImage?> LoadAsync(PublicImageKey key, bool withContent, Load load)
    {
        CachedImage? image = null;
        try
        {
            return image = await ReadAsync(key, withContent, load.Began);
        }
        finally
        {
            lock (turn)
            {
                // Otherwise the image was evicted while it was read.
                if (loads.GetValueOrDefault(key) == load)
                {
                    loads.Remove(key);
                    if (image is { IsKept: true })
                        cache.Add(image);
                }
            }
        }
    }

    private async Task<CachedImage?> ReadAsync(PublicImageKey key, bool withContent, long began) =>
        await reader.FindAsync(key, withContent ? maxKeptBytes : -1, CancellationToken.None) is { } row
            ? new CachedImage(key, row, reader, keep: row.ByteLength <= maxKeptBytes) { ReadAt = began }
            : null;
}
