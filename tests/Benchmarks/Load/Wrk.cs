using System.Globalization;
using GameImages.Benchmarks.Measure;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Load;

/// <summary>
/// Sends requests with wrk. One thread sends one request at a time on each connection, as fast as the responses arrive. wrk corrects its
/// latencies: when a request takes more than twice the mean, wrk adds the requests that would have waited for it.
/// </summary>
/// <param name="folder">The folder for temporary files.</param>
internal sealed class Wrk(string folder)
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Load", "requests.lua");

    /// <exception cref="BrokenRunException">A response has an unexpected status, or a connection failed.</exception>
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
        var responses = Figure(0);
        var elapsedSeconds = TimeSpan.FromMicroseconds(Figure(1)).TotalSeconds;
        var p50 = TimeSpan.FromMicroseconds(Figure(2)).TotalMilliseconds;
        var p99 = TimeSpan.FromMicroseconds(Figure(3)).TotalMilliseconds;
        var errors = Figure(4);
        var failedConnections = Figure(5);

        var expectedErrors = requests.Status >= StatusCodes.Status400BadRequest ? responses : 0;
        if (failedConnections > 0 || errors != expectedErrors || responses == 0)
            throw new BrokenRunException($"{address} did not respond to all requests as expected:\n{output}");

        return new((long)responses, responses / elapsedSeconds, p50, p99);

        double Figure(int place) => double.Parse(figures[place], CultureInfo.InvariantCulture);
    }

    // wrk only counts responses with a status of 400 or more. It does not report other statuses.
    private static async Task CheckAsync(Uri address, Requests requests, CancellationToken ct)
    {
        using var exchange = await Exchange.OpenAsync(address, ct);
        await exchange.SendAsync(requests.First, ct);
        var status = await exchange.ReceiveHeadAsync(ct);

        if (status != requests.Status && requests.Status != 0)
            throw new BrokenRunException($"{address} responds with status {status} instead of {requests.Status}.");
    }
}
