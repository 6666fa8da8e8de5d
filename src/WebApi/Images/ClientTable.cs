namespace GameImages.WebApi.Images;

/// <summary>The request logs of the clients of late, of so many at most.</summary>
internal sealed class ClientTable<TClient>(int capacity)
    where TClient : notnull
{
    private const int ExaminedPerNewcomer = 8;

    private readonly Dictionary<TClient, RequestLog> byClient = [];
    private readonly List<(TClient Client, RequestLog Requests)> logs = [];
    private readonly Random random = new();

    public int Count => logs.Count;

    public RequestLog? Find(TClient client) => byClient.GetValueOrDefault(client);

    /// <param name="forgotten">Requests of this time or before do not count any more.</param>
    public RequestLog Add(TClient client, long forgotten)
    {
        MakeRoom(forgotten);
        var log = new RequestLog();
        byClient.Add(client, log);
        logs.Add((client, log));
        return log;
    }

    // A newcomer removes those that are idle of a few clients. Where none is and there is no room either, the one of them goes that made the
    // fewest requests: it gains least by starting afresh, and a client at its limit stays for as long as most of the others ask for less.
    // At random, since neighbours would be those that came together.
    private void MakeRoom(long forgotten)
    {
        var (fewest, leastActive) = (int.MaxValue, -1);

        for (var left = Math.Min(ExaminedPerNewcomer, logs.Count); left > 0; left--)
        {
            var index = random.Next(logs.Count);
            var requests = logs[index].Requests.CountAfter(forgotten);

            if (requests == 0)
                Remove(index);
            else if (requests < fewest)
                (fewest, leastActive) = (requests, index);
        }

        if (logs.Count == capacity)
            Remove(leastActive);
    }

    private void Remove(int index)
    {
        byClient.Remove(logs[index].Client);
        logs[index] = logs[^1];
        logs.RemoveAt(logs.Count - 1);
    }
}
