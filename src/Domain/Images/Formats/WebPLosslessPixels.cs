namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.6.2: the pixels of an image, as colors, copies of earlier pixels and indexes into a cache.</summary>
internal sealed class WebPLosslessPixels(int width, int height)
{
    // The nearest pixels above and to the left have distance codes of their own, in the order of their distance.
    private static readonly (int X, int Y)[] Near = [.. NearPixels()];

    private int position;
    private int column;

    public required WebPPrefixGroup[] Groups { get; init; }

    /// <summary>The group of each block of pixels. Null if there is one group.</summary>
    public uint[]? Selection { get; init; }

    /// <summary>The width and the height of a block are 2 to this power.</summary>
    public int BlockBits { get; init; } = 30;

    /// <summary>Receives the decoded colors. If it is null, nothing is decoded.</summary>
    public uint[]? Colors { get; init; }

    /// <summary>The color cache of section 3.6.2.3. It is needed only to decode colors.</summary>
    public uint[]? Cache { get; init; }

    public void Read(ref WebPBitReader reader, uint[] entries)
    {
        var end = width * height;
        var blockMask = (1 << BlockBits) - 1;
        var group = GroupAt(0);

        while (position < end)
        {
            if ((column & blockMask) == 0)
                group = GroupAt(position);

            if (group.IsOnePixel && Colors is null)
            {
                Advance(Math.Min(blockMask + 1 - (column & blockMask), width - column));
                continue;
            }

            reader.Fill();
            var symbol = group.Green.Read(ref reader, entries);

            if (symbol < WebPPrefixGroup.Colors)
            {
                var color = (uint)symbol << 8;
                color |= (uint)group.Red.Read(ref reader, entries) << 16 | (uint)group.Blue.Read(ref reader, entries);
                reader.Fill();
                Store(color | (uint)group.Alpha.Read(ref reader, entries) << 24);
                Advance(1);
            }
            else if (symbol < WebPPrefixGroup.FirstIndex)
            {
                Copy(ref reader, symbol - WebPPrefixGroup.Colors, group.Distance, entries, end);

                if (position < end)
                    group = GroupAt(position);
            }
            else
            {
                if (Cache is not null)
                    Store(Cache[symbol - WebPPrefixGroup.FirstIndex]);

                Advance(1);
            }
        }

        reader.CheckEnd();
    }

    private WebPPrefixGroup GroupAt(int pixel)
    {
        if (Selection is null)
            return Groups[0];

        var blocks = (width + (1 << BlockBits) - 1) >> BlockBits;
        return Groups[Selection[(pixel / width >> BlockBits) * blocks + (column >> BlockBits)]];
    }

    private void Advance(int pixels)
    {
        position += pixels;
        column += pixels;

        if (column >= width)
            column %= width;
    }

    private void Store(uint color)
    {
        if (Colors is null)
            return;

        Colors[position] = color;

        if (Cache is not null)
            Cache[(color * 0x1E35A7BD) >> (32 - int.Log2(Cache.Length))] = color;
    }

    private void Copy(ref WebPBitReader reader, int lengthPrefix, WebPPrefixCode distances, uint[] entries, int end)
    {
        var length = ReadNumber(ref reader, lengthPrefix);
        reader.Fill();
        var distance = DistanceOf(ReadNumber(ref reader, distances.Read(ref reader, entries)));

        if (distance > position || length > end - position)
            throw reader.Refuse("Lossless data copies pixels from outside the image, or to there");

        if (Colors is null)
        {
            Advance(length);
            return;
        }

        for (var i = 0; i < length; i++)
        {
            Store(Colors[position - distance]);
            Advance(1);
        }
    }

    // Section 3.6.2.2: the prefix states the number of bits that follow.
    private static int ReadNumber(ref WebPBitReader reader, int prefix)
    {
        if (prefix < 4)
            return prefix + 1;

        var bits = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << bits) + (int)reader.Read(bits) + 1;
    }

    private int DistanceOf(int code)
    {
        if (code > Near.Length)
            return code - Near.Length;

        var (x, y) = Near[code - 1];
        return Math.Max(1, x + y * width);
    }

    private static IEnumerable<(int X, int Y)> NearPixels() =>
        from y in Enumerable.Range(0, 8)
        from x in Enumerable.Range(-7, 16)
        where y > 0 || x > 0
        orderby x * x + y * y, y descending, x descending
        select (x, y);
}
