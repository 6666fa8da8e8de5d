using System.Collections.Concurrent;

namespace GameImages.Testing.Fuzzing;

/// <summary>Sends requests, and compares each response with the OpenAPI document.</summary>
internal sealed class FuzzRun(ApiDocument document)
{
    private const int AtOnce = 8;

    private readonly ResponseCheck check = new(document);
    private readonly ConcurrentDictionary<(string Operation, int Status), int> seen = [];
    private readonly ConcurrentDictionary<int, int> statuses = [];
    private readonly ConcurrentBag<(FuzzRequest Request, string Fault)> faults = [];

    /// <summary>The responses that are not as described, in the order of the requests.</summary>
    public IReadOnlyList<(FuzzRequest Request, string Fault)> Faults =>
        [.. faults.OrderBy(each => each.Request.Number)];

    /// <summary>The number of responses with each status.</summary>
    public string Statuses => string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}"));

    public Task SendAsync(Uri service, IEnumerable<FuzzRequest> requests, CancellationToken ct) =>
        Parallel.ForEachAsync(
            requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (request, stop) => await SendAsync(service, request, stop));

    /// <returns>The described statuses of each operation that no response had.</returns>
    public IEnumerable<(string Operation, int Status)> Unseen() =>
        from operation in document.Operations
        from status in operation.Responses.Keys
        where !seen.ContainsKey((operation.Id, status))
        select (operation.Id, status);

    /// <returns>A line for each operation, with the number of responses of each described status.</returns>
    public IEnumerable<string> Summary() =>
        from operation in document.Operations
        let counts = operation.Responses.Keys.Order().Select(status => (status, seen.GetValueOrDefault((operation.Id, status))))
        select $"{operation.Id}: {counts.Count(each => each.Item2 > 0)} of {operation.Responses.Count} statuses "
            + $"({string.Join(", ", counts.Select(each => $"{each.status}: {each.Item2}"))})";

    // When a client closes its sending half early, Kestrel treats the connection as closed and may send no response. Every other client
    // gets a response.
    private async Task SendAsync(Uri service, FuzzRequest request, CancellationToken ct)
    {
        var response = await RawExchange.SendAsync(service, request.Bytes, request.IsShort, ct);
        statuses.AddOrUpdate(response?.Status ?? 0, 1, (_, count) => count + 1);
        if (response is null)
        {
            if (!request.IsShort)
                faults.Add((request, "No response."));
            return;
        }

        var (operation, found) = check.Run(request, response);
        if (operation is not null)
            seen.AddOrUpdate((operation.Id, response.Status), 1, (_, count) => count + 1);
        foreach (var fault in found)
            faults.Add((request, fault));
    }
}
