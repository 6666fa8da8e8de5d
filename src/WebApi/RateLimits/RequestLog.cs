namespace GameImages.WebApi.RateLimits;

/// <summary>
/// The times of the requests of one client, in order. They are in a ring buffer that grows only if all of them still count.
/// </summary>
internal sealed class RequestLog
{
    private long[] times = new long[4];
    private int oldest;
    private int count;

    /// <param name="age">0 for the latest request, 1 for the request before it, and so on.</param>
    public long Latest(int age) => times[Position(count - 1 - age)];

    /// <returns>The number of requests after this time.</returns>
    public int CountAfter(long time)
    {
        // A binary search: the first `after` of the latest requests are later, and the next `unknown` are not compared yet.
        var after = 0;
        var unknown = count;

        while (unknown > 0)
        {
            var half = unknown >> 1;

            if (Latest(after + half) > time)
            {
                after += half + 1;
                unknown -= half + 1;
            }
            else
            {
                unknown = half;
            }
        }

        return after;
    }

    /// <param name="expired">Requests at this time or before do not count any more, and are removed.</param>
    public void Add(long time, long expired)
    {
        while (count > 0 && times[oldest] <= expired)
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
        times = grown;
        oldest = 0;
    }
}
