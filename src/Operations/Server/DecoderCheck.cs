using NetVips;

namespace GameImages.Operations.Server;

/// <summary>Checks that libvips, with which the worker decodes images, loads on this machine.</summary>
internal static class DecoderCheck
{
    public static readonly Check Check = new("libvips", (_, _) => Task.FromResult<IEnumerable<Finding>>([Find()]));

    private static string Version => string.Join('.', Enumerable.Range(0, 3).Select(part => NetVips.NetVips.Version(part)));

    private static Finding Find() => ModuleInitializer.VipsInitialized
        ? new("libvips", Health.Ok, $"version {Version} loads")
        : new(
            "libvips", Health.Warning, $"does not load on this machine: {ModuleInitializer.Exception?.Message}",
            "Run the worker on a machine with Linux on x64 or arm64. Everything else works without it.");
}
