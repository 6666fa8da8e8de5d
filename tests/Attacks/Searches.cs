using System.Globalization;
using GameImages.Testing;

namespace GameImages.Attacks;

/// <summary>
/// Members search their own guilds, which have very many games, over many connections. Meanwhile members of another guild, a reader of
/// public images and a readiness probe send their usual requests. The attack should not slow those down.
/// </summary>
internal sealed class Searches : IAttack
{
    private const long Quiet = 42;
    private const double TolerableSlowdown = 3;
    private const int UsersOfAKind = 5;

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    // Keep each user below the limits of one user.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SearchPause = TimeSpan.FromMilliseconds(300);

    private static readonly (int Games, long[] Guilds)[] Sizes =
    [
        (20_000, [99]),
        (300_000, [99]),
        (1_000_000, [.. Enumerable.Range(1000, 200)]),
    ];

    // Each client gets a new user, so that each attack starts with a user who has not been limited yet.
    private long nextUser = 1000;

    public string Name => "searches";

    public string Description =>
        "Members search one guild of 20,000 or 300,000 games, or 200 guilds of 1,000,000 games, over up to 120 connections.";

    public async Task<bool> RunAsync(Target target, CancellationToken ct)
    {
        // The service reads every public image from the database, and limits no client of the measurement.
        var service = await target.StartServiceAsync(
            ct,
            ("PublicImages:CacheMegabytes", "0"),
            ("PublicImages:RateLimits:0:Permits", "1000000"),
            ("PublicImages:RateLimits:1:Permits", "1000000"));
        var passed = true;

        await InsertAsync(target, [Quiet], 1000, ct);
        using var owner = target.Client(service, 7, Quiet);
        var (game, image) = await CreateAsync(owner, ct);
        await MeasureAsync(target, service, game, image, ct);

        foreach (var (games, guilds) in Sizes)
        {
            await InsertAsync(target, guilds, games, ct);
            var before = await MeasureAsync(target, service, game, image, ct);
            Console.WriteLine($"\n{games:N0} games of {guilds.Length} guilds, no attack");
            Print(before, before);

            foreach (var connections in new[] { 4, 40, 120 })
                passed &= await AttackAsync("one user, a text that no title has", connections, "text=nowhere", isOneUser: true);

            passed &= await AttackAsync("40 users, a text that no title has", 40, "text=nowhere", isOneUser: false);
            passed &= await AttackAsync("one user, a text of the oldest game", 40, "text=number+1+of", isOneUser: true);
            passed &= await AttackAsync("one user, a status that no game has", 40, "status=in_progress", isOneUser: true);
            passed &= await AttackAsync("one user of another guild, its list", 40, $"guild_id={guilds[0]}", isOneUser: true, 1);

            async Task<bool> AttackAsync(string description, int connections, string query, bool isOneUser, params long[] members)
            {
                var attack = new Meter("the attack");
                var memberOf = members is [] ? guilds : members;
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
                HttpClient[] users =
                [
                    .. Enumerable.Range(0, isOneUser ? 1 : connections).Select(_ => target.Client(service, nextUser++, memberOf)),
                ];
                var attackers = Enumerable.Range(0, connections)
                    .Select(connection => attack.RepeatAsync(
                        users[connection % users.Length],
                        () => new(HttpMethod.Get, $"/api/v1/games?{query}"),
                        TimeSpan.Zero,
                        stop.Token))
                    .ToList();

                var during = await MeasureAsync(target, service, game, image, ct);
                await stop.CancelAsync();
                await Task.WhenAll(attackers);
                Array.ForEach(users, user => user.Dispose());

                Console.WriteLine($"\n{games:N0} games of {guilds.Length} guilds, {connections} connections, {description}");
                Console.WriteLine($"  {attack}");
                return Print(during, before, ownSearches: isOneUser);
            }
        }

        return passed;
    }

    private static async Task InsertAsync(Target target, long[] guilds, int games, CancellationToken ct)
    {
        await target.Database.ExecuteAsync(
            $"""
            DELETE FROM game_sessions WHERE guild_id IN ({string.Join(',', guilds)});
            INSERT INTO game_sessions (guild_id, channel_id, host_id, host_name, title, description, scheduled_at)
            SELECT (ARRAY[{string.Join(',', guilds)}])[1 + number % {guilds.Length}], 5, 7, 'Ada',
                'Game night number ' || number || ' of the club', repeat('We play. ', 30), now() + number * interval '1 minute'
            FROM generate_series(1, {games}) AS number
            """, ct);
        await target.Database.ExecuteAsync("TRUNCATE outbox", ct);
        await target.Database.ExecuteAsync("VACUUM ANALYZE game_sessions", ct);
        await target.Database.ExecuteAsync("CHECKPOINT", ct);
    }

    private static async Task<(string Game, string Image)> CreateAsync(HttpClient owner, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"{Quiet}"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent("Dune"), "title" },
            { new StringContent("2027-02-07T19:30:00Z"), "scheduled_at" },
            { new ByteArrayContent(Pictures.Png(1, byteLength: 20_000)), "thumbnail", "thumbnail" },
        };
        using var response = await owner.PostAsync("/api/v1/games", form, ct);
        response.EnsureSuccessStatusCode();
        using var game = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        return (
            $"/api/v1/games/{game.RootElement.GetProperty("id").GetString()}",
            $"/api/v1/public/images/{game.RootElement.GetProperty("thumbnail_id").GetString()}");
    }

    // Measures the requests of the other members for a while.
    private async Task<Meter[]> MeasureAsync(Target target, Uri service, string game, string image, CancellationToken ct)
    {
        (string Name, string Path)[] kinds =
        [
            ("game", game),
            ("list", "/api/v1/games?limit=24"),
            ("search", "/api/v1/games?text=dune"),
            ("image", image),
            ("ready", "/health/ready"),
        ];
        var meters = kinds.Select(kind => new Meter(kind.Name)).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var clients = new List<HttpClient>();
        var running = new List<Task>();

        foreach (var (kind, meter) in kinds.Zip(meters))
        {
            var pause = kind.Name == "search" ? SearchPause : Pause;
            for (var n = 0; n < UsersOfAKind; n++)
            {
                var client = target.Client(service, nextUser++, Quiet);
                clients.Add(client);
                running.Add(meter.RepeatAsync(client, () => new(HttpMethod.Get, kind.Path), pause, stop.Token));
            }
        }

        await Task.Delay(Measured, ct);
        await stop.CancelAsync();
        await Task.WhenAll(running);
        clients.ForEach(client => client.Dispose());
        return meters;
    }

    // All users share the few connections for searches, so many searching users may slow down the searches of others.
    private static bool Print(Meter[] during, Meter[] before, bool ownSearches = true)
    {
        var passed = true;

        foreach (var (meter, normal) in during.Zip(before))
        {
            // Without a response there is no time to compare.
            if (meter.Count == 0)
            {
                Console.WriteLine($"  {meter}  no response");
                passed = false;
                continue;
            }

            var slowdown = meter.Percentile(0.99) / normal.Percentile(0.99);
            passed &= meter.Failures(200) == 0 && (slowdown <= TolerableSlowdown || (meter.Name == "search" && !ownSearches));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {meter}  {100.0 * meter.Failures(200) / meter.Count:0.0} % errors, p99 x {slowdown:0.0}"));
        }

        return passed;
    }
}
