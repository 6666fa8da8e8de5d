using System.Collections.Concurrent;

namespace GameImages.WebApi.Games;

/// <summary>The memory for uploads, and the share of it that one user may hold.</summary>
/// <param name="TrustedPercent">The share of a client that uploads for many users.</param>
public sealed record UploadSettings(int Mebibytes = 256, int UserPercent = 25, int TrustedPercent = 75)
{
    public const int MaxMebibytes = 1024 * 1024;
}

/// <summary>
/// The memory that all bodies together may use. A body takes memory as it arrives, and returns all of it when its request ends. If no
/// memory is free, an upload waits for its turn, but not for long.
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
    /// <param name="mostOfOne">The memory that the longest body needs. Every user's share is at least this large.</param>
    public UploadMemory(long bytes, long mostOfOne, UploadSettings settings, TimeProvider time)
    {
        (this.bytes, this.settings, this.time) = (bytes, settings, time);
        share = new(bytes, mostOfOne);
        looking = time.CreateTimer(_ => EndSlow(), null, LookForSlow, LookForSlow);
    }

    /// <summary>Reads a body into memory that is the request's until it ends.</summary>
    /// <param name="maxBytes">The greatest allowed length of the body.</param>
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

        using var clock = new CancellationTokenSource(MaxTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, body.Ended, ct);
        try
        {
            var most = Math.Min(request.ContentLength ?? maxBytes, maxBytes);
            return await read(body, new UploadBuffer(most, more => GrowAsync(part, more, stop.Token)), stop.Token);
        }
        catch (Exception failure)
        {
            // The memory is returned now: nothing reads the bytes again, and the client may take long to receive the answer.
            part.Dispose();

            if (failure is not OperationCanceledException || ct.IsCancellationRequested)
                throw;
            if (body.Ended.IsCancellationRequested)
            {
                throw TooSlow(
                    $"Others wait for memory, and this upload is slower than {IncomingBody.SlowestRate / 1024} KiB a second. "
                    + "Try again later.");
            }

            throw TooSlow($"An upload may take {MaxTime.TotalMinutes} minutes.");
        }
        finally
        {
            arriving.TryRemove(body, out _);
        }
    }

    internal FairShare.Part Start(string user, bool isTrusted) =>
        share.Start(user, bytes * (isTrusted ? settings.TrustedPercent : settings.UserPercent) / 100);

    /// <exception cref="UploadsFullException">No memory became free within <see cref="MaxWait"/>.</exception>
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
/// <param name="ofUser">Whether other uploads of the same user hold the memory. If not, other users hold it.</param>
internal sealed class UploadsFullException(bool ofUser) : Exception(
    $"{(ofUser ? "You are uploading too much at once" : "Too much is being uploaded at once")}. Nothing was changed; try again.")
{
    public int Status => ofUser ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
}
