using System.Diagnostics;
using GameImages.Benchmarks.Cases;
using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Report;
using GameImages.Benchmarks.Setup;

namespace GameImages.Benchmarks;

/// <summary>Measures everybody in turn, round after round, so that what changes on the machine meanwhile meets all of them.</summary>
/// <param name="only">Parts of the names of the cases to run; all of them when there are none.</param>
internal sealed class Bench(int rounds, int seconds, IReadOnlyCollection<string> only)
{
    private sealed record Entry(Contender Contender, Result Result);

    /// <param name="serviceFolder">Where the service was published to.</param>
    /// <param name="folderBefore">The same for an earlier build that takes part; null for none.</param>
    public async Task<Figures> RunAsync(string serviceFolder, string? folderBefore, CancellationToken ct)
    {
        await using var arena = new Arena(serviceFolder, folderBefore);
        await arena.StartAsync(ct);
        var cases = await PrepareAsync(arena, ct);

        for (var round = 0; round <= rounds; round++)
            await RunRoundAsync(cases, arena, round, ct);

        var results = cases.SelectMany(entries => entries).Select(entry => entry.Result).ToArray();
        return new(DateTime.UtcNow, await Machine.DescribeAsync(arena.Database, ct), rounds, seconds, results, Ratio.All(results));
    }

    private async Task<List<Entry[]>> PrepareAsync(Arena arena, CancellationToken ct)
    {
        var wrk = new Wrk(arena.Folder);
        Case[] all =
        [
            .. new ReadCases(arena, wrk).All,
            .. new GameCases(arena, wrk).All,
            .. new MemoryCase(arena, wrk).All,
            .. new StartCase(arena).All,
        ];
        var chosen = all.Where(each => only.Count == 0 || only.Any(part => each.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        if (chosen.Length == 0)
            throw new BrokenRunException($"There is no such case. There are\n  {string.Join("\n  ", all.Select(each => each.Name))}");

        var prepared = new List<Entry[]>();
        foreach (var each in chosen)
        {
            var clock = Stopwatch.StartNew();
            prepared.Add([
                .. from contender in await each.PrepareAsync(ct) select new Entry(contender, new(each.Name, contender.Side.Name, [])),
            ]);
            Tell($"prepared {each.Name} in {clock.Elapsed.TotalSeconds:0.0} s");
        }

        await arena.Database.ExecuteAsync("VACUUM ANALYZE", ct);
        return prepared;
    }

    // Round 0 is for what is compiled, allocated and cached at first, and counts for nobody.
    private async Task RunRoundAsync(List<Entry[]> cases, Arena arena, int round, CancellationToken ct)
    {
        foreach (var (contender, result) in cases.SelectMany(entries => round % 2 == 0 ? entries : entries.Reverse()))
        {
            // What the one before has written costs the next one nothing.
            await arena.Database.ExecuteAsync("CHECKPOINT", ct);
            var sample = await contender.RunAsync(round == 0 ? (seconds + 1) / 2 : seconds, ct);

            if (round > 0)
                result.Rounds.Add(sample);

            Tell($"round {round} of {rounds}: {result.Case}, {result.Side}: {Table.Number(sample.PerSecond)} requests/s");
        }
    }

    private static void Tell(string progress) => Console.Error.WriteLine(progress);
}
