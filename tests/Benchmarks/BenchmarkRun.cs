using System.Diagnostics;
using GameImages.Benchmarks.Cases;
using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Report;
using GameImages.Benchmarks.Setup;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks;

/// <summary>
/// Measures all servers in turn, in several rounds. A change of the machine during the run therefore affects all of them.
/// </summary>
/// <param name="only">Parts of the names of the cases to run. If there are none, all cases run.</param>
/// <param name="workerFolder">The folder that the worker was published to.</param>
internal sealed class BenchmarkRun(int rounds, int seconds, IReadOnlyCollection<string> only, string workerFolder)
{
    private sealed record Entry(Contender Contender, Result Result);

    /// <param name="serviceFolder">The folder that the service was published to.</param>
    /// <param name="folderBefore">The folder of an earlier build to compare with; null for none.</param>
    public async Task<Figures> RunAsync(string serviceFolder, string? folderBefore, CancellationToken ct)
    {
        await using var servers = new RunningServers(serviceFolder, folderBefore);
        await servers.StartAsync(ct);
        var cases = await PrepareAsync(servers, ct);

        for (var round = 0; round <= rounds; round++)
            await RunRoundAsync(cases, servers, round, ct);

        var results = cases.SelectMany(entries => entries).Select(entry => entry.Result).ToArray();
        return new(DateTime.UtcNow, await Machine.DescribeAsync(servers.Database, ct), rounds, seconds, results, Ratio.All(results));
    }

    private async Task<List<Entry[]>> PrepareAsync(RunningServers servers, CancellationToken ct)
    {
        var wrk = new Wrk(servers.Folder);
        Case[] all =
        [
            .. new ReadCases(servers, wrk).All,
            .. new GameCases(servers, wrk).All,
            .. new BacklogCase(servers, wrk, workerFolder).All,
            .. new MemoryCase(servers, wrk).All,
            .. new StartCase(servers).All,
        ];
        var chosen = all.Where(each => only.Count == 0 || only.Any(part => each.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        if (chosen.Length == 0)
            throw new BrokenRunException($"No case matches --only. The cases are\n  {string.Join("\n  ", all.Select(each => each.Name))}");

        var prepared = new List<Entry[]>();
        foreach (var each in chosen)
        {
            var clock = Stopwatch.StartNew();
            var contenders = await each.PrepareAsync(ct);
            prepared.Add([.. contenders.Select(contender => new Entry(contender, new(each.Name, contender.Side.Name, [])))]);
            Report($"prepared {each.Name} in {clock.Elapsed.TotalSeconds:0.0} s");
        }

        await servers.Database.ExecuteAsync("VACUUM ANALYZE", ct);
        return prepared;
    }

    // Round 0 is a warm-up: code is compiled, memory is allocated and caches are filled. Its results are not counted.
    private async Task RunRoundAsync(List<Entry[]> cases, RunningServers servers, int round, CancellationToken ct)
    {
        foreach (var (contender, result) in cases.SelectMany(entries => round % 2 == 0 ? entries : entries.Reverse()))
        {
            // The checkpoint writes the changes of the last server to disk, so that they do not slow down the next one.
            await servers.Database.ExecuteAsync("CHECKPOINT", ct);
            var sample = await contender.RunAsync(round == 0 ? (seconds + 1) / 2 : seconds, ct);

            if (round > 0)
                result.Rounds.Add(sample);

            Report($"round {round} of {rounds}: {result.Case}, {result.Side}: {Table.Number(sample.PerSecond)} requests/s");
        }
    }

    private static void Report(string progress) => Console.Error.WriteLine(progress);
}
