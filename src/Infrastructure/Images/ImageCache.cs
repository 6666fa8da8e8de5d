using System.Collections.Concurrent;

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

    private readonly ConcurrentDictionary<Guid, CachedImage> images = new();
    private readonly LinkedList<CachedImage> probation = [];
    private readonly LinkedList<CachedImage> settled = [];
    private readonly Queue<Guid> evictedIds = [];
    private readonly HashSet<Guid> remembered = [];
    private long bytes;
    private long probationBytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public int Images => images.Count;

    /// <summary>The number of images that were evicted for lack of memory.</summary>
    public long Evictions { get; private set; }

    public CachedImage? Find(Guid id)
    {
        if (!images.TryGetValue(id, out var image))
            return null;

        image.Hit();
        return image;
    }

    public void Add(CachedImage image)
    {
        Remove(image.Id);
        images[image.Id] = image;

        // An image that was evicted not long ago and is requested again needs no second probation.
        Enqueue(image, remembered.Remove(image.Id) ? settled : probation);

        while (bytes > capacity)
            EvictOne();
    }

    public void Remove(Guid id)
    {
        if (!images.TryRemove(id, out var image))
            return;

        Dequeue(image);
        image.Drop();
    }

    public void Clear()
    {
        foreach (var id in images.Keys)
            Remove(id);
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
        if (image.Node!.List == probation && remembered.Add(image.Id))
            evictedIds.Enqueue(image.Id);
        while (evictedIds.Count > images.Count)
            remembered.Remove(evictedIds.Dequeue());

        Remove(image.Id);
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
