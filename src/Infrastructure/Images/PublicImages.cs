using System.Diagnostics.Metrics;
using GameImages.Application.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// The public pictures, the hot ones from memory. What was read counts for <see cref="Trust"/>, and then for as long as somebody hears what the
/// database says of pictures that go (<see cref="ImageChanges"/>).
/// </summary>
internal sealed class PublicImages : IPublicImages
{
    /// <summary>The longest time for which a picture that went can still be answered from memory.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromMilliseconds(900);

    private readonly ImageRows rows;
    private readonly TimeProvider time;
    private readonly ImageCache cache;
    private readonly int longestKept;
    private readonly Dictionary<Guid, Load> loads = [];
    private readonly long trust;
    private readonly Lock turn = new();
    private readonly Counter<long> hits;
    private readonly Counter<long> misses;
    private long currentUntil;

    public PublicImages(PublicDatabase database, RetryPipeline retry, TimeProvider time, IMeterFactory meters, long cacheBytes)
    {
        (rows, this.time, cache) = (new(database, retry), time, new(cacheBytes));
        currentUntil = time.GetTimestamp();
        trust = (long)(Trust.TotalSeconds * time.TimestampFrequency);

        // One picture does not drive out all the others.
        longestKept = (int)Math.Min(cacheBytes / 8, int.MaxValue);

        var meter = meters.Create("GameImages");
        hits = meter.CreateCounter<long>("gameimages.cache.hits", "{request}", "Requests for pictures that were in memory.");
        misses = meter.CreateCounter<long>(
            "gameimages.cache.misses",
            "{request}",
            "Requests for pictures that were not, or could not be trusted to be current.");
        meter.CreateObservableCounter(
            "gameimages.cache.evictions",
            () => cache.Evictions,
            "{image}",
            "Pictures that made room for others.");
        meter.CreateObservableGauge("gameimages.cache.bytes", () => cache.Bytes, "By", "What the pictures in memory take at most.");
        meter.CreateObservableGauge("gameimages.cache.images", () => cache.Images, "{image}", "Pictures in memory.");
    }

    private sealed record Load(long Began, Lazy<Task<CachedImage?>> Image);

    public PublicImage? FindCached(Guid id, out ReadOnlyMemory<byte> beginning)
    {
        beginning = default;
        if (Current(id) is not { } image || !image.TryRead(0, image.ByteLength, out beginning))
            return null;

        hits.Add(1);
        return image;
    }

    public async Task<PublicImage?> FindAsync(Guid id, bool withContent, CancellationToken ct)
    {
        if (Current(id) is not { } image)
        {
            misses.Add(1);
            return await Share(id, withContent).WaitAsync(ct);
        }

        // Otherwise it was found before already, and counted.
        if (!image.TryRead(0, 1, out _))
            (withContent ? misses : hits).Add(1);

        return image;
    }

    /// <summary>Says that whatever went before a moment is forgotten, so that the rest counts for a while after it.</summary>
    /// <param name="timestamp">Of the time provider.</param>
    public void HeardUntil(long timestamp) => Volatile.Write(ref currentUntil, timestamp + trust);

    /// <summary>The picture went, or is another one than it was.</summary>
    public void Forget(Guid id)
    {
        lock (turn)
        {
            // Who reads it at this moment may have begun before; the next one begins anew.
            loads.Remove(id);
            cache.Remove(id);
        }
    }

    /// <summary>Any picture may have gone.</summary>
    public void ForgetAll()
    {
        lock (turn)
        {
            loads.Clear();
            cache.Clear();
        }
    }

    private CachedImage? Current(Guid id) => cache.Find(id) is { } image && IsCurrent(image.ReadAt) ? image : null;

    // What was read at a moment is what there was then, whoever listens.
    private bool IsCurrent(long readAt) => time.GetTimestamp() < Math.Max(Volatile.Read(ref currentUntil), readAt + trust);

    // One reads for all who ask meanwhile, to the end even if it goes itself.
    private Task<CachedImage?> Share(Guid id, bool withContent)
    {
        Load? load;

        lock (turn)
        {
            if (!loads.TryGetValue(id, out load) || !IsCurrent(load.Began))
            {
                Load mine = null!;
                var began = time.GetTimestamp();
                loads[id] = load = mine = new(began, new(() => LoadAsync(id, withContent, mine)));
            }
        }

        return load.Image.Value;
    }

    private async Task<CachedImage?> LoadAsync(Guid id, bool withContent, Load load)
    {
        CachedImage? image = null;
        try
        {
            return image = await ReadAsync(id, withContent, load.Began);
        }
        finally
        {
            lock (turn)
            {
                // Otherwise it was forgotten meanwhile.
                if (loads.GetValueOrDefault(id) == load)
                {
                    loads.Remove(id);
                    if (image is { IsKept: true })
                        cache.Add(image);
                }
            }
        }
    }

    private async Task<CachedImage?> ReadAsync(Guid id, bool withContent, long began) =>
        await rows.FindAsync(id, withContent ? longestKept : -1, CancellationToken.None) is { } row
            ? new CachedImage(id, row, rows, keep: row.ByteLength <= longestKept) { ReadAt = began }
            : null;
}
