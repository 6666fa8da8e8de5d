using System.IO.Pipelines;
using GameImages.Testing;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.Http;

namespace GameImages.WebApi.Tests.Uploads;

/// <summary>The memory suffices for the longest body only. One user's body holds it while others wait.</summary>
public sealed class UploadMemoryTests
{
    private const int Most = 8 * 1024 * 1024;
    private const int MaxBytes = 3 * 1024 * 1024;
    private const int Rate = IncomingBody.SlowestRate;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private HeldTime time = null!;
    private UploadMemory memory = null!;
    private HeldTime.Held look = null!;
    private Incoming slow = null!;

    [SetUp]
    public async Task Begin_to_receive_a_body()
    {
        memory = new(Most, Most, new(), time = new());
        look = await time.NextAsync(UploadMemory.SlowCheckInterval);

        slow = Receive("slow");
    }

    [TearDown]
    public void Dispose() => memory.Dispose();

    [Test]
    public async Task A_body_slower_than_the_rate_is_ended_only_while_others_wait()
    {
        time.Advance(IncomingBody.Window);
        look.End();
        Assert.That(slow.Receiving.IsCompleted, Is.False);

        // The other body is not slow: nothing of it was read for the same time, but only because it waits.
        var other = Receive("other");
        time.Advance(IncomingBody.Window);
        look.End();
        ExpectTooSlow();
        look.End();
        await other.Pipe.Writer.CompleteAsync();
        Assert.That((await other.Receiving).Length, Is.Zero);
    }

    [Test]
    public async Task A_body_as_fast_as_the_rate_continues_while_others_wait()
    {
        var waiting = WaitAsync();
        for (var second = 1; second <= 30; second++)
        {
            // Real time passes as well, so the client sends a little more.
            await slow.SendAsync(Rate + Rate / 8);
            time.Advance(Second);
            look.End();
        }

        Assert.Multiple(() =>
        {
            Assert.That(slow.Receiving.IsCompleted, Is.False);
            Assert.That(waiting.IsCompleted, Is.False);
        });
        await slow.Pipe.Writer.CompleteAsync();
        Assert.That((await slow.Receiving).Length, Is.EqualTo(30 * (Rate + Rate / 8)));
    }

    [Test]
    public async Task A_fast_body_that_slows_down_is_ended_for_the_rate_of_its_last_seconds()
    {
        await slow.SendAsync(40 * Rate);
        var waiting = WaitAsync();
        var second = 0;
        for (; second < 60 && !slow.Receiving.IsCompleted; second++)
        {
            time.Advance(Second);
            await slow.SendAsync(1);
            look.End();
        }

        ExpectTooSlow();
        Assert.That(TimeSpan.FromSeconds(second), Is.EqualTo(2 * IncomingBody.Window));
        await waiting;
    }

    [Test]
    public async Task A_fast_body_that_stops_is_ended()
    {
        await slow.SendAsync(40 * Rate);
        var waiting = WaitAsync();
        time.Advance(IncomingBody.Window);
        look.End();
        ExpectTooSlow();
        await waiting;
    }

    [Test]
    public async Task The_error_says_whether_others_or_the_same_user_hold_the_memory()
    {
        var other = WaitAsync();
        (await time.NextAsync(UploadMemory.MaxWait)).End();

        // A user's share is a quarter, but at least the memory for the longest body. Here that is all of the memory.
        var own = memory.Start("slow", isTrusted: false);
        var more = memory.GrowAsync(own, Most, default);
        (await time.NextAsync(UploadMemory.MaxWait)).End();

        Assert.Multiple(() =>
        {
            Assert.That(async () => await other, Throws.TypeOf<UploadsFullException>().With.Property("Status").EqualTo(503));
            Assert.That(async () => await more, Throws.TypeOf<UploadsFullException>().With.Property("Status").EqualTo(429));
        });
    }

    [Test]
    public async Task Memory_is_taken_as_the_bytes_arrive()
    {
        const int first = 16 * 1024;
        var reserved = 0L;
        var body = CreatePipe();
        var buffer = new UploadBuffer(long.MaxValue, more =>
        {
            reserved += more;
            return Task.CompletedTask;
        });
        var bytes = Pictures.Png(1, MaxBytes - 16 * 1024);
        var read = buffer.ReadImageAsync(body.Reader.AsStream(), new(MaxBytes), CancellationToken.None);

        for (var sent = 0; sent < bytes.Length; sent += 10_000)
        {
            // The array is at most three times as long as the received bytes, and there is a copy of it.
            Assert.That(reserved, Is.InRange(2L * sent, Math.Max(2L * first, 2 * 3L * sent)));
            await body.Writer.WriteAsync(bytes.AsMemory(sent, Math.Min(10_000, bytes.Length - sent)));
        }

        await body.Writer.CompleteAsync();
        Assert.That((await read).Bytes.Span.SequenceEqual(bytes), Is.True);
        Assert.That(reserved, Is.EqualTo(UploadBuffer.Needs(MaxBytes)));
    }

    // The schedulers run inline, so that the reader has read everything when a write returns.
    private static Pipe CreatePipe() => new(new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0,
        useSynchronizationContext: false));

    private Incoming Receive(string user)
    {
        var pipe = CreatePipe();
        var request = new DefaultHttpContext { Request = { Body = pipe.Reader.AsStream() } }.Request;
        return new(pipe, memory.ReceiveAsync(
            request,
            MaxBytes,
            user,
            isTrusted: false,
            (body, buffer, stop) => buffer.ReadTextAsync(body, MaxBytes, () => new AssertionException("It is too long."), stop),
            CancellationToken.None));
    }

    /// <summary>Waits for all of the memory, for another user.</summary>
    private Task WaitAsync() => memory.GrowAsync(memory.Start("other", isTrusted: false), Most, default);

    private void ExpectTooSlow() => Assert.That(async () => await slow.Receiving, Throws.TypeOf<BadHttpRequestException>()
        .With.Property(nameof(BadHttpRequestException.StatusCode)).EqualTo(StatusCodes.Status408RequestTimeout)
        .And.Message.Contains("slower than 64 KiB a second"));

    private sealed record Incoming(Pipe Pipe, Task<ReadOnlyMemory<byte>> Receiving)
    {
        public async Task SendAsync(int count) => await Pipe.Writer.WriteAsync(new byte[count]);
    }
}
