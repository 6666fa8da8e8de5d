namespace GameImages.WebApi.Images;

/// <summary>The request logs of the clients of late, of so many at most.</summary>
internal sealed class ClientTable(int capacity)
{
    private const int SweptPerNewcomer = 8;

    private readonly Dictionary<ClientNetwork, RequestLog> byClient = [];
    private readonly List<RequestLog> logs = [];
    private int hand;

    public int Count => logs.Count;

    public RequestLog? Find(ClientNetwork client) => byClient.GetValueOrDefault(client);

    /// <param name="forgotten">Requests of this time or before do not count any more.</param>
    public RequestLog Add(ClientNetwork client, long forgotten)
    {
        Sweep(forgotten);
        var log = new RequestLog(client);
        byClient.Add(client, log);
        logs.Add(log);
        return log;
    }

    // A newcomer removes the idle ones of a few clients. Where there are none and no room either, the one that made the fewest requests goes:
    // it gains least by starting afresh, and a client at its limit stays for as long as a flood of others asks for less than it did.
    private void Sweep(long forgotten)
    {
        var (fewest, leastActive) = (int.MaxValue, -1);

        for (var left = Math.Min(SweptPerNewcomer, logs.Count); left > 0; left--)
        {
            hand = hand + 1 < logs.Count ? hand + 1 : 0;
            var requests = logs[hand].CountAfter(forgotten);

            if (requests == 0)
                Remove(hand--);
            else if (requests < fewest)
                (fewest, leastActive) = (requests, hand);
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
