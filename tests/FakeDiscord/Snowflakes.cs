namespace GameImages.Testing.Discord;

/// <summary>Creates ids like Discord's: the milliseconds since 2015, then 22 bits. Each id is greater than the one before.</summary>
internal sealed class Snowflakes(Clock clock)
{
    private const long Epoch = 1420070400000;

    private long last;

    public long Next()
    {
        while (true)
        {
            var before = Interlocked.Read(ref last);
            var next = Math.Max(before + 1, (clock.UtcNow.ToUnixTimeMilliseconds() - Epoch) << 22);

            if (Interlocked.CompareExchange(ref last, next, before) == before)
                return next;
        }
    }
}
