using System.Text;

namespace GameImages.Variants.Decoding;

/// <summary>Says why a child ended without a result.</summary>
internal static class DecoderFailure
{
    private const int MaxReasonLength = 300;

    // The exit code of a process that a signal has ended is 128 and the number of the signal (signal(7)).
    private const int Signal = 128;
    private const int Abort = Signal + 6;
    private const int CpuTime = Signal + 24;

    /// <param name="error">What the child wrote to standard error. It may contain anything.</param>
    public static VariantsFailedException Of(int exitCode, byte[] error)
    {
        var reason = FirstLine(Encoding.UTF8.GetString(error));
        return exitCode switch
        {
            DecoderChild.Failed => new VariantsFailedException($"libvips cannot decode the image: {reason}"),
            CpuTime => new VariantsFailedException($"The decoder used more than {ChildLimits.CpuSeconds} seconds of CPU time."),
            Abort => new VariantsFailedException(
                $"The decoder stopped, probably because it needed more than {ChildLimits.MemoryMebibytes} MiB of memory. {reason}".Trim()),
            > Signal => new VariantsFailedException($"The decoder was ended by signal {exitCode - Signal}."),
            _ => new VariantsFailedException($"The decoder failed with exit code {exitCode}. {reason}".Trim()),
        };
    }

    private static string FirstLine(string text)
    {
        var line = new string([.. text.Trim().TakeWhile(letter => letter is not ('\r' or '\n')).Where(letter => !char.IsControl(letter))]);
        if (line.Length <= MaxReasonLength)
            return line;

        // Half of a surrogate pair cannot be stored.
        return $"{line[..(char.IsHighSurrogate(line[MaxReasonLength - 1]) ? MaxReasonLength - 1 : MaxReasonLength)]}…";
    }
}
