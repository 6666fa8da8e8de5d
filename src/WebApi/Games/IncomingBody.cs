namespace GameImages.WebApi.Games;

/// <summary>
/// The body of a request as it arrives. It measures how fast the client sends, and does not count the time in which nobody reads.
/// </summary>
internal sealed class IncomingBody(Stream body, TimeProvider time) : Stream
{
    /// <summary>Bytes per second: a picture of 5 MiB takes 80 s at this rate.</summary>
    public const int SlowestRate = 64 * 1024;

    /// <summary>
    /// The rate is an average over one to two windows. A window is shorter than <see cref="UploadMemory.MaxWait"/>, so a client that has
    /// stopped is ended before others give up waiting for memory.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Lock turns = new();
    private readonly CancellationTokenSource ended = new();

    // The bytes that had arrived, and the time spent on reading, at the start of the current window and of the previous window.
    private (TimeSpan Time, long Bytes) before, begin;
    private TimeSpan reading;
    private long received;
    private long? asked;

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
        lock (turns)
            asked = time.GetTimestamp();

        var count = 0;
        try
        {
            return count = await body.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            lock (turns)
            {
                reading += time.GetElapsedTime(asked!.Value);
                asked = null;
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
        lock (turns)
        {
            if (asked is null)
                return false;

            var silent = time.GetElapsedTime(asked.Value);
            NextWindow(reading + silent);
            var measured = reading + silent - before.Time;
            return silent >= Window || (measured >= Window && (received - before.Bytes) / measured.TotalSeconds < SlowestRate);
        }
    }

    private void NextWindow(TimeSpan now)
    {
        if (now - begin.Time >= Window)
            (before, begin) = (begin, (now, received));
    }
}
