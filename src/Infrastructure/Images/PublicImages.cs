using System.Diagnostics.Metrics;
using GameImages.Application.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// The public pictures, the hot ones from memory. What is in memory counts for as long as somebody listens to what the database says of
/// pictures that go (<see cref="ImageChanges"/>); otherwise every picture is asked for in the database.
/// </summary>
internal sealed class PublicImages : IPublicImages
{
    private readonly ImageRows rows;
    private readonly TimeProvider time;
    private readonly ImageCache cache;
    private readonly int longestKept;
    private readonly Dictionary<Guid, Lazy<Task<CachedImage?>>> loads = [];
    private readonly Lock turn = new();
    private readonly Counter<long> hits;
    private readonly Counter<long> misses;
    private long currentUntil;

    public PublicImages(PublicDatabase database, TimeProvider time, IMeterFactory meters, long cacheBytes)
    {
        (rows, this.time, cache) = (new(database), time, new(cacheBytes));
        currentUntil = time.GetTimestamp();

        // One picture does not drive out all the others.
        longestKept = (int)Math.Min(cacheBytes / 8, int.MaxValue);

        var meter = meters.Create("GameImages");
        hits = meter.CreateCounter<long>("gameimages.cache.hits", "{request}", "Requests for pictures that were in memory.");
        misses = meter.CreateCounter<long>("gameimages.cache.misses", "{request}", "Requests for pictures that were not, or could not be trusted to be current.");
        meter.CreateObservableCounter("gameimages.cache.evictions", () => cache.Evictions, "{image}", "Pictures that made room for others.");
        meter.CreateObservableGauge("gameimages.cache.bytes", () => cache.Bytes, "By", "What the pictures in memory take at most.");
        meter.CreateObservableGauge("gameimages.cache.images", () => cache.Images, "{image}", "Pictures in memory.");
    }

    private bool IsCurrent => time.GetTimestamp() < Volatile.Read(ref currentUntil);

    public PublicImage? FindCached(Guid id)
    {
        if (!IsCurrent || cache.Find(id) is not { } image)
            return null;

        hits.Add(1);
        return image;
    }

    public async Task<PublicImage?> FindAsync(Guid id, bool withContent, CancellationToken ct)
    {
        if (FindCached(id) is { } cached)
            return cached;

        misses.Add(1);

        // Not together with others: who began before the picture went would answer for those who ask after that.
        return IsCurrent
            ? await Share(id, withContent).WaitAsync(ct)
            : await ReadAsync(id, withContent, keep: false, ct);
    }

    /// <summary>Says that whatever went before a moment is forgotten, so that the rest counts until this one.</summary>
    /// <param name="timestamp">Of the time provider.</param>
    public void StayCurrentUntil(long timestamp) => Volatile.Write(ref currentUntil, timestamp);

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

    // One reads for all who ask meanwhile, to the end even if it goes itself.
    private Task<CachedImage?> Share(Guid id, bool withContent)
    {
        Lazy<Task<CachedImage?>>? load;

        lock (turn)
        {
            if (!loads.TryGetValue(id, out load))
            {
                Lazy<Task<CachedImage?>> mine = null!;
                loads.Add(id, load = mine = new(() => LoadAsync(id, withContent, mine)));
            }
        }

        return load.Value;
    }

    private async Task<CachedImage?> LoadAsync(Guid id, bool withContent, Lazy<Task<CachedImage?>> load)
    {
        CachedImage? image = null;
        try
        {
            return image = await ReadAsync(id, withContent, keep: true, CancellationToken.None);
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

    private async Task<CachedImage?> ReadAsync(Guid id, bool withContent, bool keep, CancellationToken ct) =>
        await rows.FindAsync(id, withContent && keep ? longestKept : -1, ct) is { } row
            ? new CachedImage(id, row, rows, keep && row.ByteLength <= longestKept)
            : null;
}
