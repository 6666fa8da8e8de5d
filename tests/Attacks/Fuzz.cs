using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GameImages.Testing;
using GameImages.Testing.Fuzzing;
using GameImages.Testing.Servers;

namespace GameImages.Attacks;

/// <summary>
/// Sends valid and invalid requests for the OpenAPI document, compares the responses with it, and closes connections before their end.
/// </summary>
internal sealed class Fuzz : IAttack
{
    private const int Requests = 10_000;
    private const int Cuts = 1000;
    private const int AtOnce = 8;
    private const int Games = 300;
    private const int Users = 500;
    private const int MaxImageBytes = 5 * 1024 * 1024;
    private const int Blocked = 1_000_000;
    private const int FirstUpload = 2_000_000;
    private const string ForeignChannel = "777";
    private const string Unlimited = "1000000";

    public string Name => "fuzz";

    public string Description =>
        $"Sends {Requests:N0} valid and invalid requests for the OpenAPI document, compares the responses with it, and resets {Cuts:N0} "
        + "connections. GAMEIMAGES_FUZZ_SEED repeats a run.";

    public async Task<bool> RunAsync(Target target, CancellationToken ct)
    {
        var service = await target.StartServiceAsync(
            ct,
            ("PublicImages:RateLimits:0:Permits", Unlimited), ("PublicImages:RateLimits:1:Permits", Unlimited),
            ("Users:RateLimits:0:Permits", Unlimited), ("Users:RateLimits:1:Permits", Unlimited),
            ("Users:UploadRateLimits:0:Permits", Unlimited), ("Quotas:UnusedUploads", Unlimited));
        using var member = target.Client(service, 7, 42);
        using var stranger = target.Client(service, 8, 43);
        var games = await Task.WhenAll(Enumerable.Range(0, Games).Select(number => CreateAsync(member, number, ct)));
        var uploads = await Task.WhenAll(Enumerable.Range(0, Games).Select(number => UploadAsync(member, FirstUpload + number, ct)));
        var foreign = await UploadAsync(stranger, FirstUpload - 1, ct);
        var document = new ApiDocument(await member.GetStringAsync("/openapi/v1.json", ct));

        var seed = FuzzSettings.Seed(Random.Shared.Next());
        Console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var factory = new RequestFactory(document, Subject(target, games, uploads, foreign), random);
        var sweep = factory.Sweep().ToArray();
        FuzzRequest[] requests = [.. sweep, .. Enumerable.Range(0, Requests - sweep.Length).Select(_ => factory.Next())];

        var run = new FuzzRun(document);
        await run.SendAsync(service, requests, ct);
        Console.WriteLine(run.Statuses);
        foreach (var (request, fault) in run.Faults.DistinctBy(each => each.Fault))
            Console.WriteLine($"{fault}\nRequest {request.Number}, {request.Name}:\n{request}");

        var cuts = Enumerable.Range(0, Cuts).Select(_ => (factory.Next().Bytes, random.NextDouble(), random.Next(2000)));
        await CutAsync(service, [.. cuts], ct);
        using var ready = await member.GetAsync("/health/ready", ct);
        var inconsistencies = await target.Database.QueryAsync<string>(TestDatabase.Inconsistencies, ct);
        Console.WriteLine(
            $"{Cuts:N0} connections reset; ready: {(int)ready.StatusCode}; errors in the log: {target.ErrorsLogged}; "
            + $"inconsistencies: {inconsistencies.Count}");
        return run.Faults.Count == 0 && ready.IsSuccessStatusCode && target.ErrorsLogged == 0 && inconsistencies.Count == 0;
    }

    private static FuzzSubject Subject(Target target, JsonNode[] games, string[] uploads, string foreign) => new()
    {
        Games = [.. games[..(Games / 3)].Select(game => Text(game, "id"))],
        DoomedGames = [.. games[(Games / 3)..(2 * Games / 3)].Select(game => Text(game, "id"))],
        Images = [.. games[(2 * Games / 3)..].Select(game => Text(game, "thumbnail_id"))],
        Uploads = uploads,
        ForeignImage = foreign,
        Tokens = [.. Enumerable.Range(0, Users).Select(user => target.Token(1000 + user, 42))],
        Stranger = target.Token(8, 43),
        Robot = target.Token(0, 42),
        BlockedImage = Pictures.Png(Blocked),
        ForeignChannel = ForeignChannel,
        MaxImageBytes = MaxImageBytes,
    };

    private static async Task<JsonNode> CreateAsync(HttpClient member, int number, CancellationToken ct)
    {
        using var form = GameForm.Create(Pictures.Png(number));
        using var response = await member.PostAsync("/api/v1/games", form, ct);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(ct))!;
    }

    private static async Task<string> UploadAsync(HttpClient client, int number, CancellationToken ct)
    {
        using var response = await client.PostAsync("/api/v1/images", new ByteArrayContent(Pictures.Png(number)), ct);
        return Text((await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(ct))!, "id");
    }

    private static string Text(JsonNode game, string field) => game[field]!.GetValue<string>();

    private static Task CutAsync(Uri service, (byte[] Bytes, double Share, int Read)[] cuts, CancellationToken ct) =>
        Parallel.ForEachAsync(
            cuts,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (cut, stop) =>
            {
                // Half of the connections end within the request, half within the response.
                var sent = cut.Share < 0.5 ? (int)(2 * cut.Share * cut.Bytes.Length) : cut.Bytes.Length;
                await RawExchange.CutAsync(service, cut.Bytes, sent, cut.Read, stop);
            });
}
