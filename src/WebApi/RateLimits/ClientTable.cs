namespace GameImages.WebApi.RateLimits;

/// <summary>The request logs of recent clients, up to a maximum number of clients.</summary>
internal sealed class ClientTable<TClient>(int capacity)
    where TClient : notnull
{
    private const int ExaminedPerNewClient = 8;

    private readonly Dictionary<TClient, RequestLog> byClient = [];
    private readonly List<(TClient Client, RequestLog Requests)> logs = [];
    private readonly Random random = new();

    public int Count => logs.Count;

    public RequestLog? Find(TClient client) => byClient.GetValueOrDefault(client);

    /// <param name="expired">Requests at this time or before do not count any more.</param>
    public RequestLog Add(TClient client, long expired)
    {
        MakeRoom(expired);
        var log = new RequestLog();
        byClient.Add(client, log);
        logs.Add((client, log));
        return log;
    }

    // Examines a few clients for each new one, and removes the idle ones among them. If none of them is idle and the table is full, the
    // one with the fewest requests is removed. It gains least from a new log, and a client at its limit stays while most others send
    // less. The clients are chosen at random, because neighbours in the list are clients that came together.
    private void MakeRoom(long expired)
    {
        var fewest = int.MaxValue;
        var leastActive = -1;

        for (var left = Math.Min(ExaminedPerNewClient, logs.Count); left > 0; left--)
        {
            var index = random.Next(logs.Count);
            var requests = logs[index].Requests.CountAfter(expired);

            if (requests == 0)
            {
                Remove(index);
            }
            else if (requests < fewest)
            {
                fewest = requests;
                leastActive = index;
            }
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
