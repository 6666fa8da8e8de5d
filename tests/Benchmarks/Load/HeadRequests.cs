using System.Diagnostics;
using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Load;

/// <summary>Asks without wrk, which waits for the body that an answer to HEAD does not have.</summary>
internal static class HeadRequests
{
    public static async Task<Outcome> RunAsync(Uri address, Requests requests, int connections, int seconds, CancellationToken ct)
    {
        var (request, duration) = (requests.First, TimeSpan.FromSeconds(seconds));
        var clock = Stopwatch.StartNew();
        var milliseconds = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AskAsync()));
        return Outcome.Of([.. milliseconds.SelectMany(each => each)], milliseconds.Sum(each => each.Count) / clock.Elapsed.TotalSeconds);

        async Task<List<double>> AskAsync()
        {
            var taken = new List<double>();
            using var exchange = await Exchange.OpenAsync(address, ct);

            while (clock.Elapsed < duration)
            {
                var start = Stopwatch.GetTimestamp();
                await exchange.SendAsync(request, ct);

                if (await exchange.ReceiveHeadAsync(ct) is var status && status != requests.Status)
                    throw new BrokenRunException($"{address} answers HEAD with {status}.");

                taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return taken;
        }
    }
}
