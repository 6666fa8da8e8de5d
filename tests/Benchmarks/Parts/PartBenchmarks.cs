using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GameImages.Benchmarks.Servers;

namespace GameImages.Benchmarks.Parts;

/// <summary>The parts that need no server.</summary>
internal static class PartBenchmarks
{
    /// <param name="arguments">As BenchmarkDotNet takes them.</param>
    public static async Task RunAsync(string[] arguments)
    {
        await Cores.PinAsync(Environment.ProcessId, Cores.Load, CancellationToken.None);
        var artifacts = Directory.CreateTempSubdirectory("gameimages-bench.");
        try
        {
            // In this process: there is nothing to build, and no project that would need this one's properties.
            var config = DefaultConfig
                .Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .WithArtifactsPath(artifacts.FullName);
            BenchmarkSwitcher
                .FromAssembly(typeof(PartBenchmarks).Assembly)
                .Run(arguments.Length > 0 ? arguments : ["--filter", "*"], config);
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }
}
