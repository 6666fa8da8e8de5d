using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Load;

/// <summary>Slow clients. Each reads one response at 32 KiB a second, four times the lowest rate that the service accepts.</summary>
internal static class SlowClients
{
    public const int Count = 500;

    private const int ReceiveBuffer = 16 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads for the duration, in which no client reaches the end of its response.</summary>
    public static async Task RunAsync(Uri address, Requests requests, TimeSpan duration, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(duration);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => ReadAsync(
            [.. requests.Start, .. requests.Middles[number % requests.Middles.Count], .. requests.End])));

        async Task ReadAsync(byte[] request)
        {
            using var exchange = await Exchange.OpenAsync(address, ct, ReceiveBuffer);
            await exchange.SendAsync(request, ct);

            if (await exchange.ReceiveHeadAsync(ct) is var status && status != requests.Status)
                throw new BrokenRunException($"{address} responds with status {status}.");

            try
            {
                while (true)
                {
                    await Task.Delay(Pause, end.Token);
                    await exchange.ReceiveAsync(end.Token);
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // The measurement is over.
            }
        }
    }
}
