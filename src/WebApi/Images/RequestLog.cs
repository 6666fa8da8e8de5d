namespace GameImages.WebApi.Images;

/// <summary>When a client made its requests, the latest last, in a ring that grows only while all of them still count.</summary>
internal sealed class RequestLog
{
    private long[] times = new long[4];
    private int oldest;
    private int count;

    /// <param name="age">0 for the latest request.</param>
    public long Latest(int age) => times[Position(count - 1 - age)];

    /// <returns>How many requests came later than that.</returns>
    public int CountAfter(long time)
    {
        var (after, unknown) = (0, count);

        while (unknown > 0)
        {
            var half = unknown >> 1;

            if (Latest(after + half) > time)
                (after, unknown) = (after + half + 1, unknown - half - 1);
            else
                unknown = half;
        }

        return after;
    }

    /// <param name="forgotten">Nobody asks for requests of this time or before any more.</param>
    public void Add(long time, long forgotten)
    {
        while (count > 0 && times[oldest] <= forgotten)
        {
            oldest = Position(1);
            count--;
        }

        if (count == times.Length)
            Grow();

        times[Position(count++)] = time;
    }

    private int Position(int index)
    {
        var position = oldest + index;
        return position < times.Length ? position : position - times.Length;
    }

    private void Grow()
    {
        var grown = new long[times.Length * 2];
        times.AsSpan(oldest).CopyTo(grown);
        times.AsSpan(0, oldest).CopyTo(grown.AsSpan(times.Length - oldest));
        (times, oldest) = (grown, 0);
    }
}
