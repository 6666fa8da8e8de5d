using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Cases;

/// <summary>Something to do, and who is asked to do it.</summary>
/// <param name="PrepareAsync">Makes what it needs, once and before anything is measured.</param>
internal sealed record Case(string Name, Func<CancellationToken, Task<Contender[]>> PrepareAsync);

/// <summary>One who is asked.</summary>
/// <param name="RunAsync">Lets him do it for so many seconds.</param>
internal sealed record Contender(Side Side, Func<int, CancellationToken, Task<Sample>> RunAsync);
