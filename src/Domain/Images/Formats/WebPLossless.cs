namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 9649 section 3: finds the end of lossless data. It reads all codes, and decodes only the small images of its parts. Libwebp accepts
/// the same data.
/// </summary>
internal ref struct WebPLossless
{
    private const int Predictor = 0;
    private const int CrossColor = 1;
    private const int ColorIndexing = 3;

    private readonly WebPPrefixTables tables = new();
    private readonly WebPPrefixCodeReader codes;
    private WebPBitReader reader;
    private uint unusedBits;

    private WebPLossless(ReadOnlySpan<byte> data, int offset)
    {
        reader = new(data, offset);
        codes = new(tables);
    }

    /// <param name="data">The data after the header of the chunk.</param>
    /// <param name="offset">The position of the data in the file.</param>
    /// <param name="unused">The bits of a color that decoders do not use.</param>
    /// <returns>The number of bits that the image needs.</returns>
    /// <exception cref="ImageRefusedException">Codes are invalid or missing.</exception>
    public static long Measure(ReadOnlySpan<byte> data, uint width, uint height, int offset, uint unused)
    {
        var image = new WebPLossless(data, offset) { unusedBits = unused };
        image.Read((int)width, (int)height);
        return image.reader.Position;
    }

    private void Read(int width, int height)
    {
        var seen = 0;

        while (reader.ReadFlag())
        {
            var transform = (int)reader.Read(2);

            if ((seen >> transform & 1) != 0)
                throw reader.Refuse("A transform of the lossless data comes twice");

            seen |= 1 << transform;
            width = ReadTransform(transform, width, height);
        }

        var cacheBits = ReadCacheBits();
        var pixels = reader.ReadFlag() ? ReadGroups(width, height, cacheBits) : ReadGroup(width, height, cacheBits);
        pixels.Read(ref reader, tables);
        tables.Truncate(0, 0);

        if (tables.HideTooMuch(reader.Position))
            throw reader.Refuse("The lossless data has too many codes or colors that no pixel uses");
    }

    /// <returns>The width of the image that is stored. Several pixels with a few colors share one.</returns>
    private int ReadTransform(int transform, int width, int height)
    {
        if (transform is Predictor or CrossColor)
        {
            var blockBits = 2 + (int)reader.Read(3);
            var unused = transform == Predictor ? WebPUnusedBits.AllButMode : WebPUnusedBits.Alpha;
            ReadImage(BlocksOf(width, blockBits), BlocksOf(height, blockBits), unused);
        }
        else if (transform == ColorIndexing)
        {
            var colors = 1 + (int)reader.Read(8);
            ReadImage(colors, 1, WebPUnusedBits.None);
            unusedBits = WebPUnusedBits.AllButGreen;
            return BlocksOf(width, SharedBits(colors));
        }

        return width;
    }

    // It has no transforms, and one group of codes.
    private uint[] ReadImage(int width, int height, uint unused)
    {
        var colors = new uint[width * height];
        var pixels = ReadGroup(width, height, ReadCacheBits(), colors);
        pixels.Read(ref reader, tables);
        tables.Truncate(0, 0);

        tables.HiddenBits += WebPUnusedBits.Count(colors, unused);
        return colors;
    }

    private int ReadCacheBits()
    {
        if (!reader.ReadFlag())
            return 0;

        var bits = (int)reader.Read(4);

        if (bits is 0 or > WebPPrefixGroup.MaxCacheBits)
            throw reader.Refuse($"The color cache has {bits} bits; it must have 1 to {WebPPrefixGroup.MaxCacheBits}");

        return bits;
    }

    private WebPLosslessPixels ReadGroup(int width, int height, int cacheBits, uint[]? colors = null) => new(width, height)
    {
        Groups = [WebPPrefixGroup.Read(ref reader, codes, cacheBits)],
        Colors = colors,
        Cache = colors is not null && cacheBits > 0 ? new uint[1 << cacheBits] : null,
        UnusedBits = colors is null ? unusedBits : WebPUnusedBits.None,
    };

    // The red and green values of an image select the group of codes for each block of pixels.
    private WebPLosslessPixels ReadGroups(int width, int height, int cacheBits)
    {
        var blockBits = 2 + (int)reader.Read(3);
        var selection = ReadImage(BlocksOf(width, blockBits), BlocksOf(height, blockBits), WebPUnusedBits.AllButGroup);
        var isUsed = new bool[1 << 16];

        foreach (ref var color in selection.AsSpan())
        {
            color = color >> 8 & 0xFFFF;
            isUsed[color] = true;
        }

        var groups = new WebPPrefixGroup[1 + Array.LastIndexOf(isUsed, true)];

        for (var i = 0; i < groups.Length; i++)
        {
            var hidden = tables.HiddenBits - reader.Position;
            codes.BuildsTables = isUsed[i];
            groups[i] = WebPPrefixGroup.Read(ref reader, codes, cacheBits);

            if (!isUsed[i])
                tables.HiddenBits = hidden + reader.Position;
        }

        return new(width, height) { Groups = groups, Selection = selection, BlockBits = blockBits, UnusedBits = unusedBits };
    }

    private static int BlocksOf(int pixels, int blockBits) => (pixels + (1 << blockBits) - 1) >> blockBits;

    private static int SharedBits(int colors) => colors switch
    {
        <= 2 => 3,
        <= 4 => 2,
        <= 16 => 1,
        _ => 0,
    };
}
