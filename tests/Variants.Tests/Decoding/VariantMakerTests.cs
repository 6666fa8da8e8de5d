using System.Diagnostics;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Testing;
using GameImages.Variants.Decoding;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>The parent survives every behavior of the child. The children here are shell scripts.</summary>
[Category("Process")]
public sealed class VariantMakerTests
{
    private static readonly byte[] Image = Painted.Png(400, 300);

    [TestCase("kill -SEGV $$", "The decoder was ended by signal 11.")]
    [TestCase("kill -KILL $$", "The decoder was ended by signal 9.")]
    [TestCase("kill -XCPU $$", "The decoder used more than 10 seconds of CPU time.")]
    [TestCase("echo mprotect >&2; kill -ABRT $$",
        "The decoder stopped, probably because it needed more than 512 MiB of memory. mprotect")]
    [TestCase("exit 5", "The decoder failed with exit code 5.")]
    [TestCase("echo no libvips >&2; exit 3", "The decoder failed with exit code 3. no libvips")]
    [TestCase("printf 'one\\a\\ntwo' >&2; exit 5", "The decoder failed with exit code 5. one")]
    [TestCase("exit 140", "The decoder was ended by signal 12.")]
    [TestCase("echo bad pixel >&2; exit 1", "libvips cannot decode the image: bad pixel")]
    [TestCase("exit 0", "The decoder wrote something else than smaller copies of this image.")]
    [TestCase("echo garbage", "The decoder wrote something else than smaller copies of this image.")]
    [TestCase("cat /dev/zero", "The decoder wrote more than the variants of this image can have.")]
    [TestCase("cat /dev/zero >&2", "The decoder wrote more than the variants of this image can have.")]
    public async Task A_child_that_fails_is_a_reason(string script, string reason)
    {
        var failed = await Assert.ThrowsAsync<VariantsFailedException>(() => MakeAsync(script));
        Assert.That(failed!.Message, Is.EqualTo(reason));
    }

    [Test]
    public async Task A_machine_without_libvips_is_not_the_fault_of_the_image() =>
        await Assert.ThrowsAsync<DecoderMissingException>(
            () => TestDecoder.Maker(TestDecoder.Script("echo no libvips >&2; exit 3")).CheckAsync(default));

    [Test]
    public async Task The_pipes_of_each_child_are_closed_at_once()
    {
        const int children = 50;
        var before = Pipes();
        for (var child = 0; child < children; child++)
            await Assert.ThrowsAsync<VariantsFailedException>(() => MakeAsync("exit 5"));

        // Each child has three pipes. Other tests have some children at the same time.
        Assert.That(Pipes(), Is.LessThan(before + children));

        static int Pipes() => Directory.GetFiles("/proc/self/fd")
            .Count(file => new FileInfo(file).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);
    }

    // A runtime that was removed while the worker runs must not mark all images as broken.
    [TestCase("echo no runtime >&2; exit 150", "The decoder does not start (exit code 150). no runtime")]
    [TestCase("kill -SEGV $$", "The decoder does not start (exit code 139).")]
    public async Task A_child_that_does_not_start_is_not_the_fault_of_the_image(string script, string reason)
    {
        var maker = TestDecoder.Maker(new("sh", "-c", script));
        var stopped = await Assert.ThrowsAsync<DecoderStoppedException>(() => maker.MakeAsync(ImageFormat.Png, Image, [160], default));
        Assert.That(stopped!.Message, Is.EqualTo(reason));
    }

    [TestCase("HUP")]
    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task A_child_that_is_asked_to_end_is_not_the_fault_of_the_image(string signal) =>
        await Assert.ThrowsAsync<DecoderStoppedException>(() => MakeAsync($"kill -{signal} $$"));

    [Test]
    public async Task A_long_reason_is_cut_between_characters()
    {
        var failed = await Assert.ThrowsAsync<VariantsFailedException>(
            () => MakeAsync("printf 'x%.0s' $(seq 299) >&2; printf '\\360\\237\\231\\202\\360\\237\\231\\202' >&2; exit 5"));
        Assert.That(failed!.Message, Does.EndWith("xxx…"));
    }

    [Test]
    public async Task Libvips_loads() => await TestDecoder.Maker().CheckAsync(default);

    [Test]
    public async Task A_child_that_hangs_is_killed_in_the_end()
    {
        var time = new HeldTime();
        var making = MakeAsync("exec sleep 1000", time);
        (await time.NextAsync(TimeSpan.FromMinutes(10))).End();

        var failed = await Assert.ThrowsAsync<VariantsFailedException>(() => making);
        Assert.That(failed!.Message, Is.EqualTo("The decoder took longer than 10 minutes."));
    }

    [Test]
    public async Task Cancellation_kills_the_child_and_its_children()
    {
        using var folder = new TemporaryFolder();
        var pids = folder.File("pids");
        using var end = new CancellationTokenSource();
        var making = MakeAsync($"sleep 1000 & echo $$ $! > {pids}.new; mv {pids}.new {pids}; sleep 1000", ct: end.Token);
        var started = (await folder.ReadAsync(pids)).Split(' ').Select(int.Parse).ToList();
        await end.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => making);
        Assert.That(started, Has.Count.EqualTo(2).And.All.Matches<int>(Processes.HasEnded));
    }

    [Test]
    public async Task The_environment_of_the_child_has_no_secret()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("environment");
        Environment.SetEnvironmentVariable("ConnectionStrings__Variants", "Password=secret");
        try
        {
            await Assert.ThrowsAsync<VariantsFailedException>(() => MakeAsync($"cat /proc/$$/environ > {path}"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("ConnectionStrings__Variants", null);
        }

        var names = (await File.ReadAllTextAsync(path)).Split('\0').Select(variable => variable.Split('=')[0]).Where(name => name != "");
        Assert.That(names, Is.All.StartsWith("DOTNET_").Or.AnyOf("MALLOC_ARENA_MAX", "VIPS_WARNING"));
    }

    [Test]
    public async Task A_child_that_does_not_read_its_input_ends_without_a_wait()
    {
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<VariantsFailedException>(
            () => TestDecoder.Maker(TestDecoder.Script("exit 5")).MakeAsync(ImageFormat.Png, new byte[5 * 1024 * 1024], [160], default));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    private static Task<ImageVariants> MakeAsync(string script, TimeProvider? time = null, CancellationToken ct = default) =>
        TestDecoder.Maker(TestDecoder.Script(script), time).MakeAsync(ImageFormat.Png, Image, [160, 320], ct);
}
