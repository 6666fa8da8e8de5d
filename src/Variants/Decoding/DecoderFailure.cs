using System.Text;

namespace GameImages.Variants.Decoding;

/// <summary>Says why a child ended without a result.</summary>
internal static class DecoderFailure
{
    private const int MaxReasonLength = 300;

    // The exit code of a process that a signal has ended is 128 and the number of the signal (signal(7)).
    private const int Signal = 128;
    private const int Hangup = Signal + 1;
    private const int Interrupt = Signal + 2;
    private const int Abort = Signal + 6;
    private const int Terminate = Signal + 15;
    private const int CpuTime = Signal + 24;

    /// <param name="hasStarted">Whether the child was ready to read the image.</param>
    /// <param name="error">What the child wrote to standard error. It may contain anything.</param>
    public static Exception Of(int exitCode, bool hasStarted, byte[] error)
    {
        var reason = FirstLine(Encoding.UTF8.GetString(error));
        return exitCode switch
        {
            // A terminal or a service manager sends these to all processes of the worker, sometimes to the child first.
            Hangup or Interrupt or Terminate =>
                new DecoderStoppedException($"The decoder received signal {exitCode - Signal}.", hasStarted),
            _ when !hasStarted =>
                new DecoderStoppedException($"The decoder does not start (exit code {exitCode}). {reason}".Trim(), hasStarted),
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
