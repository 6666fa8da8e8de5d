using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Report;

/// <summary>The results of one server in one case.</summary>
/// <param name="Rounds">One sample for each round.</param>
internal sealed record Result(string Case, string Side, List<Sample> Rounds)
{
    public Sample Median => Sample.Median(Rounds);
}
