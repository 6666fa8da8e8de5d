namespace GameImages.WebApi.Uploads;

/// <summary>
/// The body of a request while it arrives. It measures how fast the client sends. Time during which the service does not read does not
/// count.
/// </summary>
internal sealed class IncomingBody(Stream body, TimeProvider time) : Stream
{
    /// <summary>Bytes per second. An image of 5 MiB takes 80 s at this rate.</summary>
    public const int SlowestRate = 64 * 1024;

    /// <summary>
    /// The rate is an average over one to two windows. A window is shorter than <see cref="UploadMemory.MaxWait"/>. The upload of a client
    /// that sends nothing therefore ends before other uploads stop waiting for memory.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    // Protects the measurements. A read and the timer that looks for slow bodies use them at the same time. It is held only for a few
    // calculations, and whichever is second waits for them.
    private readonly Lock measuring = new();
    private readonly CancellationTokenSource ended = new();

    private Measurement previousWindow;
    private Measurement currentWindow;
    private TimeSpan reading;
    private long received;
    private long? readStarted;

    /// <summary>Cancelled when the client is too slow, to end the read that waits for it.</summary>
    public CancellationToken Ended => ended.Token;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Ends the body if a read waits for it and it arrives more slowly than <see cref="SlowestRate"/>.</summary>
    public void EndIfSlow()
    {
        if (IsSlow())
            ended.Cancel();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (measuring)
            readStarted = time.GetTimestamp();

        var count = 0;
        try
        {
            return count = await body.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            lock (measuring)
            {
                reading += time.GetElapsedTime(readStarted!.Value);
                readStarted = null;
                received += count;
                NextWindow(reading);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() => throw new NotSupportedException();

    private bool IsSlow()
    {
        lock (measuring)
        {
            if (readStarted is null)
                return false;

            var silent = time.GetElapsedTime(readStarted.Value);
            NextWindow(reading + silent);
            var measured = reading + silent - previousWindow.Time;
            return silent >= Window || (measured >= Window && (received - previousWindow.Bytes) / measured.TotalSeconds < SlowestRate);
        }
    }

    private void NextWindow(TimeSpan now)
    {
        if (now - currentWindow.Time >= Window)
        {
            previousWindow = currentWindow;
            currentWindow = new(now, received);
        }
    }

    /// <summary>The time spent on reading, and the bytes that had arrived, at the start of a window.</summary>
    private readonly record struct Measurement(TimeSpan Time, long Bytes);
}
