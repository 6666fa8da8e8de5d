using System.Collections.Concurrent;

namespace GameImages.WebApi.Games;

/// <summary>The memory for uploads, and what one user may hold of it.</summary>
/// <param name="TrustedPercent">The share of a client that uploads for many users.</param>
public sealed record UploadSettings(int Mebibytes = 256, int UserPercent = 25, int TrustedPercent = 75)
{
    public const int MaxMebibytes = 1024 * 1024;
}

/// <summary>
/// The memory that all bodies together may take. A body takes as it arrives, and returns everything when its request ends. An upload for
/// which there is none
/// waits in turn, and not for long.
/// </summary>
internal sealed class UploadMemory : IDisposable
{
    /// <summary>Proxies, and people, wait longer.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>5 MiB at 350 kbit/s.</summary>
    internal static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    internal static readonly TimeSpan LookForSlow = TimeSpan.FromSeconds(1);

    private readonly long bytes;
    private readonly UploadSettings settings;
    private readonly TimeProvider time;
    private readonly FairShare share;
    private readonly ConcurrentDictionary<IncomingBody, bool> arriving = [];
    private readonly ITimer looking;

    /// <param name="bytes">The memory, at least <paramref name="mostOfOne"/>.</param>
    /// <param name="mostOfOne">What the longest body needs. No user's share is less.</param>
    public UploadMemory(long bytes, long mostOfOne, UploadSettings settings, TimeProvider time)
    {
        (this.bytes, this.settings, this.time) = (bytes, settings, time);
        share = new(bytes, mostOfOne);
        looking = time.CreateTimer(_ => EndSlow(), null, LookForSlow, LookForSlow);
    }

    /// <summary>Reads a body into memory that is the request's until it ends.</summary>
    /// <param name="maxBytes">The most that the body can have.</param>
    /// <exception cref="UploadsFullException">There was no memory for <see cref="MaxWait"/>.</exception>
    /// <exception cref="BadHttpRequestException">The body took longer than <see cref="MaxTime"/>, or was slow while others
    /// waited.</exception>
    public async Task<T> ReceiveAsync<T>(
        HttpRequest request, long maxBytes, string user, bool isTrusted, Func<Stream, UploadBuffer, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var part = Start(user, isTrusted);
        request.HttpContext.Response.RegisterForDispose(part);
        var body = new IncomingBody(request.Body, time);
        arriving.TryAdd(body, true);

        using var clock = new CancellationTokenSource(MaxTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, body.Ended, ct);
        try
        {
            var most = Math.Min(request.ContentLength ?? maxBytes, maxBytes);
            return await read(body, new UploadBuffer(most, more => GrowAsync(part, more, stop.Token)), stop.Token);
        }
        catch (Exception failure)
        {
            // At once: the answer may take its time, and nobody looks at the bytes again.
            part.Dispose();

            if (failure is not OperationCanceledException || ct.IsCancellationRequested)
                throw;
            if (body.Ended.IsCancellationRequested)
                throw TooSlow($"Others wait for memory, and this upload is slower than {IncomingBody.SlowestRate / 1024} KiB a second. Try again later.");

            throw TooSlow($"An upload may take {MaxTime.TotalMinutes} minutes.");
        }
        finally
        {
            arriving.TryRemove(body, out _);
        }
    }

    internal FairShare.Part Start(string user, bool isTrusted) => share.Start(user, bytes * (isTrusted ? settings.TrustedPercent : settings.UserPercent) / 100);

    /// <exception cref="UploadsFullException">There was no memory for <see cref="MaxWait"/>.</exception>
    internal async Task GrowAsync(FairShare.Part part, long by, CancellationToken ct)
    {
        var turn = part.GrowAsync(by);
        if (turn.IsCompletedSuccessfully)
            return;

        try
        {
            await turn.WaitAsync(MaxWait, time, ct);
        }
        catch (TimeoutException)
        {
            throw new UploadsFullException(part.WaitsForItsUser);
        }
    }

    public void Dispose() => looking.Dispose();

    private void EndSlow()
    {
        if (!share.IsUsedUp)
            return;

        foreach (var (body, _) in arriving)
            body.EndIfSlow();
    }

    private static BadHttpRequestException TooSlow(string reason) => new(reason, StatusCodes.Status408RequestTimeout);
}

/// <summary>There is no memory for another upload.</summary>
/// <param name="ofUser">Whether the user of this upload takes too much of it, instead of others.</param>
internal sealed class UploadsFullException(bool ofUser)
    : Exception($"{(ofUser ? "You are uploading too much at once" : "Too much is being uploaded at once")}. Nothing was changed; try again.")
{
    public int Status => ofUser ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
}
