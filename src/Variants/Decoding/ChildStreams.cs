using System.Diagnostics;

namespace GameImages.Variants.Decoding;

/// <summary>The pipes of a child. <see cref="Process.Dispose"/> leaves them open until a garbage collection.</summary>
internal sealed class ChildStreams(Process child) : IDisposable
{
    public void Dispose()
    {
        child.StandardOutput.Dispose();
        child.StandardError.Dispose();
        try
        {
            child.StandardInput.Dispose();
        }
        // The child ended before it had read the whole image. Its exit code says why.
        catch (IOException)
        {
        }
    }
}
