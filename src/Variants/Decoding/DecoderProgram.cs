using System.Diagnostics;

namespace GameImages.Variants.Decoding;

/// <summary>The command that starts the child.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">The arguments before those of the child.</param>
internal sealed record DecoderProgram(string File, params string[] Arguments)
{
    // The child allocates little managed memory, and does not live long enough for better code.
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_GCHeapHardLimit"] = "0x8000000",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["MALLOC_ARENA_MAX"] = "1",
        ["VIPS_WARNING"] = "0",
    };

    /// <summary>This program itself, with the host that runs it now.</summary>
    public static DecoderProgram OfThis()
    {
        var host = Environment.ProcessPath!;
        var assembly = typeof(DecoderProgram).Assembly.Location;
        return Path.GetFileNameWithoutExtension(host) == Path.GetFileNameWithoutExtension(assembly)
            ? new(host)
            : new(host, assembly);
    }

    /// <summary>Starts a child that decodes an image.</summary>
    public Process Start(string mimeType, IReadOnlyList<int> widths) =>
        Start([.. Arguments, DecoderChild.Argument, mimeType, string.Join(',', widths)]);

    /// <summary>Starts a child that checks whether libvips loads.</summary>
    public Process StartCheck() => Start([.. Arguments, DecoderChild.CheckArgument]);

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(File, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The environment of this process has the password of the database. The child gets only the variables that say where the runtime
        // is, such as DOTNET_ROOT and DOTNET_ROOT_X64.
        var roots = start.Environment.Where(variable => variable.Key.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in Settings.Concat(roots))
            start.Environment[name] = value;

        return Process.Start(start)!;
    }
}
