using System.Collections.Concurrent;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// Pictures in memory, up to a number of bytes. S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023) decides
/// which stay: a newcomer is on probation in a tenth of the room, so who asks for a million pictures once drives out only such.
/// Finding takes no lock and moves nothing; whoever changes it has it alone.
/// </summary>
/// <param name="capacity">In bytes.</param>
internal sealed class ImageCache(long capacity)
{
    // What a picture takes besides its content: the object, its headers and its places in the tables.
    private const int Overhead = 1024;

    private readonly ConcurrentDictionary<Guid, CachedImage> images = new();
    private readonly LinkedList<CachedImage> probation = [];
    private readonly LinkedList<CachedImage> settled = [];
    private readonly Queue<Guid> departed = [];
    private readonly HashSet<Guid> remembered = [];
    private long bytes;
    private long probationBytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public int Images => images.Count;

    /// <summary>How many pictures have made room for others.</summary>
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

        // One that had to make room, and is asked for again, needs no second probation.
        Enqueue(image, remembered.Remove(image.Id) ? settled : probation);

        while (bytes > capacity)
            MakeRoom();
    }

    public void Remove(Guid id)
    {
        if (!images.TryRemove(id, out var image))
            return;

        Dequeue(image);
        image.Forget();
    }

    public void Clear()
    {
        foreach (var id in images.Keys)
            Remove(id);
    }

    private void MakeRoom()
    {
        // One alone may be larger than that.
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
            var eldest = settled.First!.Value;

            if (eldest.Hits > 0)
                Settle(eldest, eldest.Hits - 1);
            else
                Evict(eldest);
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
        if (image.Place!.List == probation && remembered.Add(image.Id))
            departed.Enqueue(image.Id);
        while (departed.Count > images.Count)
            remembered.Remove(departed.Dequeue());

        Remove(image.Id);
        Evictions++;
    }

    private void Enqueue(CachedImage image, LinkedList<CachedImage> queue)
    {
        image.Place = queue.AddLast(image);
        Count(image, 1);
    }

    private void Dequeue(CachedImage image)
    {
        Count(image, -1);
        image.Place!.List!.Remove(image.Place);
    }

    // All of the content from the beginning, although its pieces come one by one.
    private void Count(CachedImage image, int sign)
    {
        var change = sign * ((long)image.ByteLength + Overhead);
        Interlocked.Add(ref bytes, change);

        if (image.Place!.List == probation)
            probationBytes += change;
    }
}
