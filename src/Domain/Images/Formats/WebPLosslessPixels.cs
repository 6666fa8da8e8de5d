using System.Numerics;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.6.2: the pixels of an image, as colors, copies of earlier pixels and indexes into a cache.</summary>
internal sealed class WebPLosslessPixels(int width, int height)
{
    private int position;
    private int column;
    private int row;

    /// <summary>The bits of a color that decoders do not use.</summary>
    public uint UnusedBits { get; init; }

    public required WebPPrefixGroup[] Groups { get; init; }

    /// <summary>The group of each block of pixels. Null if there is one group.</summary>
    public uint[]? Selection { get; init; }

    /// <summary>The width and the height of a block are 2 to this power.</summary>
    public int BlockBits { get; init; } = 30;

    /// <summary>Receives the decoded colors. If it is null, nothing is decoded.</summary>
    public uint[]? Colors { get; init; }

    /// <summary>The color cache of section 3.6.2.3. It is needed only to decode colors.</summary>
    public uint[]? Cache { get; init; }

    public void Read(ref WebPBitReader reader, WebPPrefixTables tables)
    {
        var entries = tables.Entries;
        var costs = tables.Costs;
        var end = width * height;
        var blockMask = (1 << BlockBits) - 1;
        var group = GroupAt();
        var last = 0u;
        var unusedChanges = 0;

        while (position < end)
        {
            if ((column & blockMask) == 0)
                group = GroupAt();

            if (group.IsOnePixel && Colors is null)
            {
                group.Use(costs);
                Advance(Math.Min(blockMask + 1 - (column & blockMask), width - column));
                continue;
            }

            reader.Fill();
            var symbol = group.Green.Read(ref reader, entries, costs);

            if (symbol < WebPPrefixGroup.Colors)
            {
                var color = (uint)symbol << 8;
                color |= (uint)group.Red.Read(ref reader, entries, costs) << 16 | (uint)group.Blue.Read(ref reader, entries, costs);
                reader.Fill();
                color |= (uint)group.Alpha.Read(ref reader, entries, costs) << 24;
                unusedChanges += ((color ^ last) & UnusedBits) != 0 ? 1 : 0;
                last = color;
                Store(color);
                Advance(1);
            }
            else if (symbol < WebPPrefixGroup.FirstIndex)
            {
                Copy(ref reader, symbol - WebPPrefixGroup.Colors, group.Distance, entries, costs, end);

                if (position < end)
                    group = GroupAt();
            }
            else
            {
                if (Cache is not null)
                    Store(Cache[symbol - WebPPrefixGroup.FirstIndex]);

                Advance(1);
            }
        }

        tables.HiddenBits += unusedChanges * BitOperations.PopCount(UnusedBits);
        reader.CheckEnd();
    }

    private WebPPrefixGroup GroupAt()
    {
        if (Selection is null)
            return Groups[0];

        var blocks = (width + (1 << BlockBits) - 1) >> BlockBits;
        return Groups[Selection[(row >> BlockBits) * blocks + (column >> BlockBits)]];
    }

    private void Advance(int pixels)
    {
        position += pixels;
        column += pixels;

        if (column < width)
            return;

        row += column / width;
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

    private void Copy(ref WebPBitReader reader, int lengthPrefix, WebPPrefixCode distances, uint[] entries, byte[] costs, int end)
    {
        var length = WebPDistances.ReadNumber(ref reader, lengthPrefix);
        reader.Fill();
        var distance = WebPDistances.Of(WebPDistances.ReadNumber(ref reader, distances.Read(ref reader, entries, costs)), width);

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
}
