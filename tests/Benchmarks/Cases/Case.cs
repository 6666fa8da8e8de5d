using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Cases;

/// <summary>A task to measure, and the servers that carry it out.</summary>
/// <param name="PrepareAsync">Prepares the data once, before the first measurement.</param>
internal sealed record Case(string Name, Func<CancellationToken, Task<Contender[]>> PrepareAsync);

/// <summary>One server that carries out the task.</summary>
/// <param name="RunAsync">Measures the task for this number of seconds.</param>
internal sealed record Contender(Side Side, Func<int, CancellationToken, Task<Sample>> RunAsync);
