using System.Diagnostics;
using GameImages.Testing;
using GameImages.Variants.Decoding;
using GameImages.Variants.Tests.Decoding;

namespace GameImages.Variants.Tests;

/// <summary>
/// A terminal or a service manager that stops the worker signals all its processes. The child of an image may end before the worker
/// knows that it has to stop.
/// </summary>
[Category("Process")]
public sealed class StoppedDecoderTests : DatabaseTests
{
    [TestCase("TERM")]
    [TestCase("INT")]
    public async Task An_image_whose_decoder_was_stopped_is_tried_again(string signal)
    {
        // This image takes the decoder more than a second.
        await WorkerImages.StoreAsync(UseCases, Painted.Image(1200, 1200).JpegsaveBuffer(q: 95));
        using var worker = RunningWorker.Start(Database);
        using var kill = Process.Start("kill", [$"-{signal}", $"{await DecoderOfAsync(worker)}"]);
        await WorkerImages.WaitUntilDoneAsync(Database);

        Assert.That(worker.Log, Does.Contain("The worker tries again in 00:00:05."));
        Assert.That(await Database.SingleAsync<int>("SELECT count(*)::int FROM game_images WHERE variants_made_at IS NULL"), Is.Zero);
    }

    private static async Task<int> DecoderOfAsync(RunningWorker worker)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var decoders = Processes.ChildrenOf(worker.Id).Where(child => Processes.HasArgument(child, DecoderChild.Argument)).ToList();
            if (decoders is [var decoder])
                return decoder;

            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
