using System.Collections.Concurrent;
using GameImages.Application.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// Keeps images in memory, up to a number of bytes. It evicts by S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction",
/// SOSP 2023). A new image stays on probation in a tenth of the capacity, so a client that requests a million images once evicts only
/// images on probation. Finding an image takes no lock. The caller makes sure that only one thread changes the cache at a time.
/// </summary>
/// <param name="capacity">The limit in bytes.</param>
internal sealed class ImageCache(long capacity)
{
    // The memory of an image besides its content: the object, the strings and the entries of the tables.
    private const int Overhead = 1024;

    private readonly ConcurrentDictionary<PublicImageKey, CachedImage> images = new();
    private readonly LinkedList<CachedImage> probation = [];
    private readonly LinkedList<CachedImage> settled = [];
    private readonly Queue<PublicImageKey> evictedKeys = [];
    private readonly HashSet<PublicImageKey> remembered = [];

    // The widths in memory of each image that has variants in memory, so that they are removed with it.
    private readonly Dictionary<Guid, List<int>> variants = [];
    private long bytes;
    private long probationBytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public int Images => images.Count;

    /// <summary>The number of images that were evicted for lack of memory.</summary>
    public long Evictions { get; private set; }

    public CachedImage? Find(PublicImageKey key)
    {
        if (!images.TryGetValue(key, out var image))
            return null;

        image.Hit();
        return image;
    }

    public void Add(CachedImage image)
    {
        Remove(image.Key);
        images[image.Key] = image;
        if (image.Key.IsVariant && !variants.TryAdd(image.Key.ImageId, [image.Key.Width]))
            variants[image.Key.ImageId].Add(image.Key.Width);

        // An image that was evicted not long ago and is requested again needs no second probation.
        Enqueue(image, remembered.Remove(image.Key) ? settled : probation);

        while (bytes > capacity)
            EvictOne();
    }

    /// <summary>Removes an image and its variants.</summary>
    public void Remove(Guid imageId)
    {
        Remove(new PublicImageKey(imageId));
        while (variants.TryGetValue(imageId, out var widths))
            Remove(new PublicImageKey(imageId, widths[^1]));
    }

    public void Clear()
    {
        foreach (var key in images.Keys)
            Remove(key);
    }

    private void Remove(PublicImageKey key)
    {
        if (!images.TryRemove(key, out var image))
            return;

        if (variants.TryGetValue(key.ImageId, out var widths) && widths.Remove(key.Width) && widths.Count == 0)
            variants.Remove(key.ImageId);
        Dequeue(image);
        image.Drop();
    }

    private void EvictOne()
    {
        // A single image may be larger than a tenth of the capacity.
        if (settled.Count == 0 || (probationBytes > capacity / 10 && probation.Count > 1))
        {
            var newcomer = probation.First!.Value;

            if (newcomer.Hits > 1)
                Settle(newcomer, hits: 0);
            else
                Evict(newcomer);
        }
        else
        {
            var oldest = settled.First!.Value;

            if (oldest.Hits > 0)
                Settle(oldest, oldest.Hits - 1);
            else
                Evict(oldest);
        }
    }

    private void Settle(CachedImage image, int hits)
    {
        Dequeue(image);
        image.Hits = hits;
        Enqueue(image, settled);
    }

    private void Evict(CachedImage image)
    {
        if (image.Node!.List == probation && remembered.Add(image.Key))
            evictedKeys.Enqueue(image.Key);
        while (evictedKeys.Count > images.Count)
            remembered.Remove(evictedKeys.Dequeue());

        Remove(image.Key);
        Evictions++;
    }

    private void Enqueue(CachedImage image, LinkedList<CachedImage> queue)
    {
        image.Node = queue.AddLast(image);
        Count(image, 1);
    }

    private void Dequeue(CachedImage image)
    {
        Count(image, -1);
        image.Node!.List!.Remove(image.Node);
    }

    // An image counts with its whole content from the start, although its pieces are read later.
    private void Count(CachedImage image, int sign)
    {
        var change = sign * ((long)image.ByteLength + Overhead);
        Interlocked.Add(ref bytes, change);

        if (image.Node!.List == probation)
            probationBytes += change;
    }
}
