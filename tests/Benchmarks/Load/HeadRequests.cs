using System.Diagnostics;
using GameImages.Benchmarks.Measure;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Load;

/// <summary>Sends HEAD requests without wrk, because wrk waits for a body that the response does not have.</summary>
internal static class HeadRequests
{
    public static async Task<Outcome> RunAsync(Uri address, Requests requests, int connections, int seconds, CancellationToken ct)
    {
        var request = requests.First;
        var duration = TimeSpan.FromSeconds(seconds);
        var clock = Stopwatch.StartNew();
        var milliseconds = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SendRepeatedlyAsync()));
        return Outcome.Of([.. milliseconds.SelectMany(each => each)], milliseconds.Sum(each => each.Count) / clock.Elapsed.TotalSeconds);

        async Task<List<double>> SendRepeatedlyAsync()
        {
            var taken = new List<double>();
            using var exchange = await Exchange.OpenAsync(address, ct);

            while (clock.Elapsed < duration)
            {
                var start = Stopwatch.GetTimestamp();
                await exchange.SendAsync(request, ct);

                if (await exchange.ReceiveHeadAsync(ct) is var status && status != requests.Status)
                    throw new BrokenRunException($"{address} responds to HEAD with status {status}.");

                taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return taken;
        }
    }
}
