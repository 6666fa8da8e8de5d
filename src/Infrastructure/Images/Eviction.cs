namespace GameImages.Infrastructure.Images;

internal static class Eviction
{
    /// <summary>
    /// Evicts images from the cache of this instance when the transaction that releases them has ended, and before the request ends. The
    /// database notifies the other instances.
    /// </summary>
    public static async Task<T> EvictAfterAsync<T>(
        this PublicImages publicImages, IReadOnlyCollection<Guid> released, Func<Task<T>> commit)
    {
        try
        {
            return await commit();
        }
        finally
        {
            foreach (var id in released)
                publicImages.Evict(id);
        }
    }
}
