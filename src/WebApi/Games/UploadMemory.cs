namespace GameImages.WebApi.Games;

/// <summary>The memory that all uploads together may take. Who comes when it is used up waits in turn, and not for long.</summary>
public sealed class UploadMemory(int mebibytes, TimeProvider time)
{
    public const int DefaultMebibytes = 256;
    public const int MaxMebibytes = int.MaxValue / Kibibyte;

    /// <summary>Proxies, and people, wait longer.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>5 MiB at 350 kbit/s; for no longer do slow clients keep the memory from others.</summary>
    internal static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    private const int Kibibyte = 1024;

    // A picture that has metadata is written once more without it.
    private const int Copies = 2;

    private readonly FairShare kibibytes = new(mebibytes * Kibibyte);

    /// <returns>The least that there has to be for a body of this length.</returns>
    public static long MinMebibytes(long bodyBytes) => 1 + Kibibytes(bodyBytes) / Kibibyte;

    /// <summary>Reads a body into memory that is the request's until it ends.</summary>
    /// <param name="maxBytes">What is reserved for a body that does not tell its length.</param>
    /// <exception cref="UploadsFullException">There was no memory for <see cref="MaxWait"/>.</exception>
    /// <exception cref="BadHttpRequestException">The body did not come within <see cref="MaxTime"/>.</exception>
    internal async Task<T> ReceiveAsync<T>(HttpRequest request, long maxBytes, Func<UploadBuffer, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var length = (int)Math.Min(request.ContentLength ?? maxBytes, maxBytes);
        request.HttpContext.Response.RegisterForDispose(await ReserveAsync(length, ct));

        return await WithinAsync(MaxTime, stop => read(new UploadBuffer(length), stop),
            () => new BadHttpRequestException($"An upload may take {MaxTime.TotalMinutes} minutes.", StatusCodes.Status408RequestTimeout), ct);
    }

    // All of it at once: uploads that have grown half way could wait for each other for ever.
    internal Task<IDisposable> ReserveAsync(long bodyBytes, CancellationToken ct) =>
        WithinAsync(MaxWait, stop => kibibytes.TakeAsync((int)Kibibytes(bodyBytes), stop), () => new UploadsFullException(), ct);

    private static long Kibibytes(long bodyBytes) => 1 + Copies * bodyBytes / Kibibyte;

    private async Task<T> WithinAsync<T>(TimeSpan most, Func<CancellationToken, Task<T>> work, Func<Exception> late, CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, ct);

        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw late();
        }
    }
}

/// <summary>There is no memory for another upload.</summary>
internal sealed class UploadsFullException() : Exception("Too many pictures are being uploaded. Nothing was changed; try again.");
