using System.Diagnostics;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Variants.Decoding;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>The kernel limits the real child.</summary>
[Category("Process")]
public sealed class ChildLimitTests
{
    private static readonly int[] Widths = [160];

    [Test]
    public async Task The_child_has_limits_and_runs_last()
    {
        using var child = await StartAsync();
        var limits = Processes.Limits(child.Id);
        Assert.Multiple(() =>
        {
            Assert.That(limits, Does.Match(@"Max data size +536870912 +536870912 "));
            Assert.That(limits, Does.Match(@"Max cpu time +10 +11 "));
            Assert.That(limits, Does.Match(@"Max open files +64 +64 "));
            Assert.That(limits, Does.Match(@"Max core file size +0 +0 "));
            Assert.That(child.PriorityClass, Is.EqualTo(ProcessPriorityClass.Idle));
        });
        child.Kill();
    }

    [Test]
    public async Task The_child_ends_when_its_input_ends()
    {
        using var child = await StartAsync();
        child.StandardInput.Close();
        await child.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.That(child.ExitCode, Is.Not.Zero);
    }

    [Test]
    [Category("Long")]
    public async Task An_image_that_needs_too_much_CPU_time_is_a_reason()
    {
        var bomb = Painted.Specks(1000);
        Assert.That(() => ImageContent.Read(bomb, new ImageLimits()), Throws.Nothing);

        var failed = await Assert.ThrowsAsync<VariantsFailedException>(() => TestDecoder.DecodeAsync(bomb, Widths));
        Assert.That(failed!.Message, Is.EqualTo("The decoder used more than 10 seconds of CPU time."));
    }

    // The child has read nothing yet, so it waits.
    private static async Task<Process> StartAsync()
    {
        var child = TestDecoder.Program.Start(ImageFormat.Png.MimeType, Widths);
        while (!Processes.Limits(child.Id).Contains("536870912", StringComparison.Ordinal) && !child.HasExited)
            await Task.Yield();
        while (child.PriorityClass != ProcessPriorityClass.Idle)
            child.Refresh();
        return child;
    }
}
