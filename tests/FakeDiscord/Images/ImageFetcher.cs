using System.Collections.Concurrent;

namespace GameImages.Testing.Discord.Images;

/// <summary>Fetches images and caches their sizes by URL, like Discord's media proxy.</summary>
internal sealed class ImageFetcher(ImageFetching? settings, Clock clock, Recorder recorder) : IDisposable
{
    private readonly ImageClient? client = settings is null ? null : new(settings, clock);
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> fetched = new();
    private readonly ConcurrentDictionary<string, Media?> known = new();

    public Media? Find(string url) => known.GetValueOrDefault(url);

    /// <summary>Fetches the images with HTTP URLs.</summary>
    public Task FetchAsync(IEnumerable<string> urls) => client is null
        ? Task.CompletedTask
        : Task.WhenAll(urls.Where(url => url.StartsWith("http", StringComparison.OrdinalIgnoreCase)).Distinct().Select(FetchAsync));

    public void Dispose() => client?.Dispose();

    private async Task FetchAsync(string url)
    {
        if (!settings!.CachesByUrl)
        {
            await FetchNowAsync(url);
            return;
        }

        var once = fetched.GetOrAdd(url, _ => new(() => FetchNowAsync(url)));
        if (!await once.Value)
            fetched.TryRemove(KeyValuePair.Create(url, once));
    }

    /// <returns>Whether Discord can show the image.</returns>
    private async Task<bool> FetchNowAsync(string url)
    {
        var fetches = await Task.WhenAll(Enumerable.Range(0, settings!.AtOnce).Select(_ => client!.FetchAsync(url)));
        foreach (var fetch in fetches)
            recorder.Add(fetch);

        var media = fetches.Select(fetch => fetch.Media).FirstOrDefault(media => media is not null);
        known[url] = media;
        return media is not null;
    }
}
