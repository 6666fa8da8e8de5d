using System.Globalization;
using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Load;

/// <summary>
/// Asks with wrk: one thread, every connection with one request at a time, as fast as they are answered. Its latencies have wrk's own
/// correction: where one took more than twice the mean, those are added that would have waited for it.
/// </summary>
/// <param name="folder">Where files may be left.</param>
internal sealed class Wrk(string folder)
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Load", "requests.lua");

    /// <exception cref="BrokenRunException">Something was not answered as it should be.</exception>
    public async Task<Outcome> RunAsync(Uri address, Requests requests, int connections, int seconds, CancellationToken ct)
    {
        await CheckAsync(address, requests, ct);

        var file = Path.Combine(folder, "requests");
        requests.Write(file);
        var output = await ExternalProgram.RunAsync(
            "wrk",
            ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "30s", "-s", Script, $"{address}", file],
            ct);

        var figures = output.Split('\n').Single(line => line.StartsWith("FIGURES", StringComparison.Ordinal)).Split('\t')[1..];
        var (answered, microseconds, p50, p99, refused, broken) = (Figure(0), Figure(1), Figure(2), Figure(3), Figure(4), Figure(5));

        if (broken > 0 || refused != (requests.Status >= StatusCodes.Status400BadRequest ? answered : 0) || answered == 0)
            throw new BrokenRunException($"{address} did not answer all requests as it should:\n{output}");

        return new((long)answered, answered / TimeSpan.FromMicroseconds(microseconds).TotalSeconds, p50 / 1000, p99 / 1000);

        double Figure(int place) => double.Parse(figures[place], CultureInfo.InvariantCulture);
    }

    // wrk counts the answers from 400 on, and no more.
    private static async Task CheckAsync(Uri address, Requests requests, CancellationToken ct)
    {
        using var exchange = await Exchange.OpenAsync(address, ct);
        await exchange.SendAsync(requests.First, ct);
        var status = await exchange.ReceiveHeadAsync(ct);

        if (status != requests.Status && requests.Status != 0)
            throw new BrokenRunException($"{address} answers {status} instead of {requests.Status}.");
    }
}
