using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace GameImages.Attacks;

/// <summary>Counts the outcomes of requests of one kind and measures their times.</summary>
internal sealed class Meter(string name)
{
    private readonly ConcurrentBag<double> milliseconds = [];
    private readonly ConcurrentDictionary<string, int> outcomes = new();

    public string Name => name;

    public int Count => milliseconds.Count;

    /// <summary>The number of requests by outcome.</summary>
    public string Outcomes =>
        string.Join(", ", outcomes.OrderBy(outcome => outcome.Key).Select(outcome => $"{outcome.Key}: {outcome.Value}"));

    /// <returns>The number of requests that ended with another status or without one.</returns>
    public int Failures(params int[] expected) =>
        outcomes.Where(outcome => !expected.Any(status => outcome.Key == $"{status}")).Sum(outcome => outcome.Value);

    /// <returns>The number of requests that ended with the status.</returns>
    public int Of(int status) => outcomes.GetValueOrDefault($"{status}");

    /// <returns>The milliseconds within which this share of the requests ended.</returns>
    public double Percentile(double share)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>
    /// Sends one request and reads the whole response. A request without a response counts under the name of its exception.
    /// </summary>
    public async Task SendAsync(HttpClient client, Func<HttpRequestMessage> request, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        string outcome;

        try
        {
            using var sent = request();
            using var response = await client.SendAsync(sent, ct);
            outcome = $"{(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            outcome = failure.GetType().Name;
        }

        milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
    }

    /// <summary>Sends requests one after the other, with a pause between them, until it is stopped.</summary>
    public async Task RepeatAsync(HttpClient client, Func<HttpRequestMessage> request, TimeSpan pause, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await SendAsync(client, request, stop);
                await Task.Delay(pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-34} {Count,6} requests  p50 {Percentile(0.5),8:0.0} ms  p99 {Percentile(0.99),8:0.0} ms  {Outcomes}");
}
