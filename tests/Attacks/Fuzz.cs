using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GameImages.Attacks.Fuzzing;
using GameImages.Testing;
using GameImages.Testing.Servers;

namespace GameImages.Attacks;

/// <summary>Sends valid and slightly invalid requests for the OpenAPI document, and closes connections before their end.</summary>
internal sealed class Fuzz : IAttack
{
    private const int Requests = 5000;
    private const int Cuts = 1000;
    private const int AtOnce = 8;
    private const int Games = 300;
    private const int Users = 500;
    private const string Unlimited = "1000000";

    public string Name => "fuzz";

    public string Description =>
        $"Sends {Requests:N0} valid or slightly invalid requests for the OpenAPI document, and resets {Cuts:N0} connections.";

    public async Task<bool> RunAsync(Target target, CancellationToken ct)
    {
        var service = await target.StartServiceAsync(
            ct,
            ("PublicImages:RateLimits:0:Permits", Unlimited), ("PublicImages:RateLimits:1:Permits", Unlimited),
            ("Users:RateLimits:0:Permits", Unlimited), ("Users:RateLimits:1:Permits", Unlimited));
        using var member = target.Client(service, 7, 42);
        var games = await Task.WhenAll(Enumerable.Range(0, Games).Select(number => CreateAsync(member, number, ct)));
        var document = await member.GetFromJsonAsync<JsonNode>("/openapi/v1.json", ct);

        var seed = Random.Shared.Next();
        Console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var tokens = Enumerable.Range(0, Users).Select(user => target.Token(1000 + user, 42)).ToArray();
        var values = new Values(
            random,
            [.. games.Select(game => Text(game, "id"))],
            [.. games.Select(game => Text(game, "thumbnail_id"))]);
        var factory = new RequestFactory(ApiOperation.Read(document!), values, random, () => values.Pick(tokens));

        var failed = await SendAsync(service, [.. Enumerable.Range(0, Requests).Select(_ => factory.Next())], ct);
        var cuts = Enumerable.Range(0, Cuts).Select(_ => (factory.Next().Bytes, random.NextDouble(), random.Next(2000))).ToArray();
        await CutAsync(service, cuts, ct);

        using var ready = await member.GetAsync("/health/ready", ct);
        var inconsistencies = await target.Database.QueryAsync<string>(TestDatabase.Inconsistencies, ct);
        Console.WriteLine(
            $"{Cuts:N0} connections reset; ready: {(int)ready.StatusCode}; errors in the log: {target.ErrorsLogged}; "
            + $"inconsistencies: {inconsistencies.Count}");
        return failed == 0 && ready.IsSuccessStatusCode && target.ErrorsLogged == 0 && inconsistencies.Count == 0;
    }

    private static async Task<JsonNode> CreateAsync(HttpClient member, int number, CancellationToken ct)
    {
        using var form = GameForm.Create(Pictures.Png(number));
        using var response = await member.PostAsync("/api/v1/games", form, ct);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(ct))!;
    }

    private static string Text(JsonNode game, string field) => game[field]!.GetValue<string>();

    // When a client closes its sending half early, Kestrel treats the connection as closed and sends no response. Every other client gets
    // a response with a status below 500.
    private static async Task<int> SendAsync(Uri service, (string Line, byte[] Bytes, bool IsShort)[] requests, CancellationToken ct)
    {
        var statuses = new ConcurrentDictionary<int, int>();
        var failed = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(requests, Options(ct), async (request, stop) =>
        {
            var status = await RawExchange.SendAsync(service, request.Bytes, request.IsShort, stop);
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status >= 500 || (status == 0 && !request.IsShort))
                failed.Add($"{status} for {request.Line}");
        });

        Console.WriteLine(string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}")));
        foreach (var line in failed.Take(20))
            Console.WriteLine(line);

        return failed.Count;
    }

    private static Task CutAsync(Uri service, (byte[] Bytes, double Share, int Read)[] cuts, CancellationToken ct) =>
        Parallel.ForEachAsync(cuts, Options(ct), async (cut, stop) =>
        {
            // Half of the connections end within the request, half within the response.
            var sent = cut.Share < 0.5 ? (int)(2 * cut.Share * cut.Bytes.Length) : cut.Bytes.Length;
            await RawExchange.CutAsync(service, cut.Bytes, sent, cut.Read, stop);
        });

    private static ParallelOptions Options(CancellationToken ct) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
}
