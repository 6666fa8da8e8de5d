using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Report;

/// <summary>How one side did in one case.</summary>
/// <param name="Rounds">One sample for each.</param>
internal sealed record Result(string Case, string Side, List<Sample> Rounds)
{
    public Sample Median => Sample.Median(Rounds);
}
