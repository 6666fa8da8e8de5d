using GameImages.Variants.Decoding;
using GameImages.Variants.Tests.Decoding;

namespace GameImages.Variants.Tests.Figures;

/// <summary>The child below programs that measure or bind it.</summary>
internal sealed class DecoderPrograms
{
    // The child has no PATH.
    private readonly string host = Environment.ProcessPath!;

    /// <summary>The second core runs the child.</summary>
    public DecoderProgram OnOneCore => new("taskset", ["-c", "1", host, .. TestDecoder.Program.Arguments]);

    /// <summary>GNU time appends the seconds, the seconds of CPU time and the peak memory in KiB to the file.</summary>
    public DecoderProgram Measured(string file) =>
        new("time", ["-a", "-o", file, "-f", "%e %U %M", host, .. TestDecoder.Program.Arguments]);
}
