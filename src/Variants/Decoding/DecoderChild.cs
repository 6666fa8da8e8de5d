using GameImages.Domain.Images;
using NetVips;

namespace GameImages.Variants.Decoding;

/// <summary>
/// The child process: it reads one image from standard input, and writes its variants to standard output. It has no connection to the
/// database, and no secret in its environment.
/// </summary>
internal static class DecoderChild
{
    /// <summary>The first argument of the program if it is the child. The MIME type and the widths follow.</summary>
    public const string Argument = "decode";

    /// <summary>The first argument of a child that only checks whether libvips loads.</summary>
    public const string CheckArgument = "check";

    /// <summary>The exit code if libvips cannot decode the image. Standard error has the reason.</summary>
    public const int Failed = 1;

    /// <summary>The exit code if libvips does not load.</summary>
    public const int Missing = 3;

    /// <returns>The exit code.</returns>
    public static int Check()
    {
        try
        {
            ImageDecoder.Restrict(ImageFormat.WebP);
            return 0;
        }
        catch (DecoderMissingException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return Missing;
        }
    }

    /// <returns>The exit code.</returns>
    public static int Run(string mimeType, string widths)
    {
        ChildLimits.Apply();
        using var output = Console.OpenStandardOutput();
        var format = ImageFormat.FromMimeType(mimeType);

        // What happens before the start mark is no fault of the image.
        ImageDecoder.Restrict(format);
        DecoderMessage.WriteStart(output);
        var input = Console.OpenStandardInput();
        var bytes = DecoderMessage.ReadImage(input);
        EndWithParent(input);

        try
        {
            var variants = ImageDecoder.Decode(format, bytes, [.. widths.Split(',').Select(int.Parse)]);
            DecoderMessage.Write(output, variants);
            return 0;
        }
        catch (Exception failed) when (failed is VipsException or OutOfMemoryException)
        {
            Console.Error.WriteLine(Reason(failed));
            return Failed;
        }
    }

    // The first line of NetVips names only the function. The lines of libvips follow, and the parent reads one line.
    private static string Reason(Exception failed)
    {
        var lines = failed.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join("; ", lines.Length > 1 ? lines[1..] : lines);
    }

    // The parent keeps the pipe open. Its end means that the parent has ended, even if it was killed.
    private static void EndWithParent(Stream input)
    {
        var watch = new Thread(() =>
        {
            _ = input.ReadByte();
            System.Diagnostics.Process.GetCurrentProcess().Kill();
        })
        { IsBackground = true };
        watch.Start();
    }
}
