using System.Collections.Concurrent;

namespace GameImages.WebApi.Uploads;

/// <summary>
/// The memory that all bodies together may use. A body takes memory as it arrives, and returns all of it when its request ends. If no
/// memory is free, an upload waits for a limited time.
/// </summary>
internal sealed class UploadMemory : IDisposable
{
    /// <summary>Proxies, and people, wait longer.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>An image of 5 MiB arrives in this time at 350 kbit/s.</summary>
    internal static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    internal static readonly TimeSpan SlowCheckInterval = TimeSpan.FromSeconds(1);

    private readonly long bytes;
    private readonly UploadSettings settings;
    private readonly TimeProvider time;
    private readonly FairShare share;
    private readonly ConcurrentDictionary<IncomingBody, bool> arriving = [];
    private readonly ITimer slowCheck;

    /// <param name="bytes">The memory, at least <paramref name="mostOfOne"/>.</param>
    /// <param name="mostOfOne">The memory that the longest body needs. Every user's share is at least this large.</param>
    public UploadMemory(long bytes, long mostOfOne, UploadSettings settings, TimeProvider time)
    {
        this.bytes = bytes;
        this.settings = settings;
        this.time = time;
        share = new(bytes, mostOfOne);
        slowCheck = time.CreateTimer(_ => EndSlowBodies(), null, SlowCheckInterval, SlowCheckInterval);
    }

    /// <summary>Reads a body into memory that the request holds until it ends.</summary>
    /// <param name="maxBytes">The maximum length of the body.</param>
    /// <exception cref="UploadsFullException">No memory became free within <see cref="MaxWait"/>.</exception>
    /// <exception cref="BadHttpRequestException">
    /// The body took longer than <see cref="MaxTime"/>, or it was slow while others waited for memory.
    /// </exception>
    public async Task<T> ReceiveAsync<T>(
        HttpRequest request,
        long maxBytes,
        string user,
        bool isTrusted,
        Func<Stream, UploadBuffer, CancellationToken, Task<T>> read,
        CancellationToken ct)
    {
        var part = Start(user, isTrusted);
        request.HttpContext.Response.RegisterForDispose(part);
        var body = new IncomingBody(request.Body, time);
        arriving.TryAdd(body, true);

        using var timeout = new CancellationTokenSource(MaxTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, body.Ended, ct);
        try
        {
            var most = Math.Min(request.ContentLength ?? maxBytes, maxBytes);
            return await read(body, new UploadBuffer(most, more => GrowAsync(part, more, stop.Token)), stop.Token);
        }
        catch (Exception failure)
        {
            // The memory is returned now. Nothing reads the bytes again, and the client may take long to receive the response.
            part.Dispose();

            if (failure is not OperationCanceledException || ct.IsCancellationRequested)
                throw;

            const int rate = IncomingBody.SlowestRate / 1024;
            throw TooSlow(body.Ended.IsCancellationRequested
                ? $"Others wait for memory, and this upload is slower than {rate} KiB a second. Try again later."
                : $"An upload may take {MaxTime.TotalMinutes} minutes.");
        }
        finally
        {
            arriving.TryRemove(body, out _);
        }
    }

    internal SharePart Start(string user, bool isTrusted) =>
        share.Start(user, bytes * (isTrusted ? settings.TrustedPercent : settings.UserPercent) / 100);

    /// <exception cref="UploadsFullException">No memory became free within <see cref="MaxWait"/>.</exception>
    internal async Task GrowAsync(SharePart part, long by, CancellationToken ct)
    {
        var growth = part.GrowAsync(by);
        if (growth.IsCompletedSuccessfully)
            return;

        try
        {
            await growth.WaitAsync(MaxWait, time, ct);
        }
        catch (TimeoutException)
        {
            throw new UploadsFullException(part.WaitsForItsUser);
        }
    }

    public void Dispose() => slowCheck.Dispose();

    private void EndSlowBodies()
    {
        if (!share.IsUsedUp)
            return;

        foreach (var (body, _) in arriving)
            body.EndIfSlow();
    }

    private static BadHttpRequestException TooSlow(string reason) => new(reason, StatusCodes.Status408RequestTimeout);
}
