namespace GameImages.Testing.Images;

/// <summary>Writes bits of lossy WebP data as RFC 6386 section 7.3 describes it.</summary>
public sealed class BooleanEncoder
{
    private readonly List<byte> bytes = [];
    private uint range = 255;
    private uint bottom;
    private int missingBits = 24;

    public BooleanEncoder Write(int bit, int probability = 128)
    {
        var split = 1 + ((range - 1) * (uint)probability >> 8);

        if (bit != 0)
        {
            bottom += split;
            range -= split;
        }
        else
        {
            range = split;
        }

        while (range < 128)
        {
            range <<= 1;
            Shift();
        }

        return this;
    }

    public BooleanEncoder WriteNumber(int number, int bits)
    {
        for (var i = bits - 1; i >= 0; i--)
            Write(number >> i & 1);

        return this;
    }

    /// <returns>The bytes, with all that a decoder needs for the last bit.</returns>
    public byte[] Finish()
    {
        for (var i = 0; i < 32; i++)
            Shift();

        return [.. bytes];
    }

    private void Shift()
    {
        Carry(bottom >> 31 != 0);
        bottom <<= 1;

        if (--missingBits > 0)
            return;

        bytes.Add((byte)(bottom >> 24));
        bottom &= 0xFFFFFF;
        missingBits = 8;
    }

    private void Carry(bool isNeeded)
    {
        for (var i = bytes.Count - 1; isNeeded && i >= 0; i--)
            isNeeded = ++bytes[i] == 0;
    }
}
