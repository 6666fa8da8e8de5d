using System.Diagnostics;
using System.Text;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Variants.Decoding;

/// <summary>
/// Makes the variants of an image in a child process. The child decodes what strangers have uploaded, so the parent does not trust
/// its result, and kills it when it takes too long or writes too much.
/// </summary>
internal sealed class VariantMaker(DecoderProgram program, TimeProvider time)
{
    /// <summary>
    /// The longest time that a child may run. It ends at its limit of CPU time long before, unless other programs leave it no CPU time.
    /// </summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(10);

    // A stack of .NET is shorter.
    private const int MaxReasonBytes = 64 * 1024;

    /// <summary>Checks whether libvips loads, with a child that gets no image.</summary>
    /// <exception cref="DecoderMissingException">It does not load.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        using var child = program.StartCheck();
        using var streams = new ChildStreams(child);
        var reason = await ReadAsync(child.StandardError.BaseStream, MaxReasonBytes, ct);
        await child.WaitForExitAsync(ct);
        if (child.ExitCode == DecoderChild.Missing)
            throw new DecoderMissingException(Encoding.UTF8.GetString(reason).Trim());
    }

    /// <exception cref="VariantsFailedException">The image cannot be decoded within the limits.</exception>
    /// <exception cref="DecoderStoppedException">The child did not start, or was asked to end.</exception>
    public async Task<ImageVariants> MakeAsync(
        ImageFormat format, ReadOnlyMemory<byte> bytes, IReadOnlyList<int> widths, CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(MaxTime, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, clock.Token);
        using var child = program.Start(format.MimeType, widths);
        using var streams = new ChildStreams(child);

        try
        {
            return await MakeAsync(child, bytes, widths, end.Token);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new VariantsFailedException($"The decoder took longer than {MaxTime.TotalMinutes} minutes.");
        }
        finally
        {
            if (!child.HasExited)
                child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<ImageVariants> MakeAsync(
        Process child, ReadOnlyMemory<byte> bytes, IReadOnlyList<int> widths, CancellationToken ct)
    {
        // Each variant is shorter than the image.
        var maxBytes = widths.Count * bytes.Length + DecoderMessage.MaxOverhead;
        var sending = SendAsync(child, bytes, ct);
        var reading = ReadAsync(child.StandardOutput.BaseStream, maxBytes, ct);
        var reasoning = ReadAsync(child.StandardError.BaseStream, MaxReasonBytes, ct);

        // The first that fails ends the wait for the others. The caller kills the child then, so that they end, too.
        await foreach (var done in Task.WhenEach(sending, reading, reasoning))
            await done;

        await child.WaitForExitAsync(ct);
        return child.ExitCode == 0
            ? Check(DecoderResult(await reading), bytes.Length, widths)
            : throw DecoderFailure.Of(child.ExitCode, DecoderMessage.HasStart(await reading), await reasoning);
    }

    // The pipe stays open, because its end would end the child.
    private static async Task SendAsync(Process child, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await DecoderMessage.WriteImageAsync(child.StandardInput.BaseStream, bytes, ct);
        }
        // The child has ended. Its exit code says why.
        catch (IOException)
        {
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int maxBytes, CancellationToken ct)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];

        while (await stream.ReadAsync(buffer, ct) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
            if (all.Length > maxBytes)
                throw new VariantsFailedException("The decoder wrote more than the variants of this image can have.");
        }

        return all.ToArray();
    }

    private static ImageVariants DecoderResult(byte[] message)
    {
        try
        {
            return DecoderMessage.Read(message);
        }
        catch (InvalidDataException)
        {
            throw NotValid();
        }
    }

    // The variants are checked like uploads. They are served to everybody.
    private static ImageVariants Check(ImageVariants variants, int bytes, IReadOnlyList<int> widths)
    {
        var isValid = variants.Placeholder.Length is >= 5 and <= 25
            && variants.Variants.Select(variant => variant.Size.Width).Distinct().Count() == variants.Variants.Count
            && variants.Variants.All(variant => variant.Bytes.Length < bytes && widths.Contains(variant.Size.Width)
                && IsSmaller(variant.Size, variants.Size) && IsWebP(variant));
        return isValid ? variants : throw NotValid();
    }

    // The height is rounded, so it may differ by one.
    private static bool IsSmaller(ImageSize variant, ImageSize shown) =>
        variant.Width < shown.Width && Math.Abs((double)variant.Width * shown.Height / shown.Width - variant.Height) <= 1;

    // The limits of uploads do not matter: the original was stored under the limits of its time.
    private static bool IsWebP(ImageVariant variant)
    {
        try
        {
            var content = ImageContent.Read(variant.Bytes, ImageLimits.None);
            return content.Format == ImageVariant.Format && content.Size == variant.Size;
        }
        catch (ImageRefusedException)
        {
            return false;
        }
    }

    private static VariantsFailedException NotValid() => new("The decoder wrote something else than smaller copies of this image.");
}
