using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Parts;

/// <summary>Runs the benchmarks of parts that need no server.</summary>
internal static class PartBenchmarks
{
    /// <param name="arguments">BenchmarkDotNet's arguments.</param>
    public static async Task RunAsync(string[] arguments)
    {
        await Cores.PinAsync(Environment.ProcessId, Cores.Load, CancellationToken.None);
        var artifacts = Directory.CreateTempSubdirectory("gameimages-bench.");
        try
        {
            // The benchmarks run in this process, because BenchmarkDotNet cannot build a project with the properties of this one.
            var config = DefaultConfig.Instance
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .WithArtifactsPath(artifacts.FullName);
            string[] all = ["--filter", "*"];
            BenchmarkSwitcher.FromAssembly(typeof(PartBenchmarks).Assembly).Run(arguments.Length > 0 ? arguments : all, config);
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }
}
