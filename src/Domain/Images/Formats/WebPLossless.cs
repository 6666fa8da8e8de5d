namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 9649 section 3: finds the end of lossless data. It reads all codes, and decodes only the pixels that select codes. Libwebp accepts
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

    private WebPLossless(ReadOnlySpan<byte> data, int offset)
    {
        reader = new(data, offset);
        codes = new(tables);
    }

    /// <param name="data">The data after the header of the chunk.</param>
    /// <param name="offset">The position of the data in the file.</param>
    /// <returns>The number of bits that the image needs.</returns>
    /// <exception cref="ImageRefusedException">Codes are invalid or missing.</exception>
    public static long Measure(ReadOnlySpan<byte> data, uint width, uint height, int offset)
    {
        var image = new WebPLossless(data, offset);
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
        pixels.Read(ref reader, tables.Entries);
    }

    /// <returns>The width of the image that is stored. Several pixels with a few colors share one.</returns>
    private int ReadTransform(int transform, int width, int height)
    {
        if (transform is Predictor or CrossColor)
        {
            var blockBits = 2 + (int)reader.Read(3);
            ReadImage(BlocksOf(width, blockBits), BlocksOf(height, blockBits));
        }
        else if (transform == ColorIndexing)
        {
            var colors = 1 + (int)reader.Read(8);
            ReadImage(colors, 1);
            return BlocksOf(width, SharedBits(colors));
        }

        return width;
    }

    // An image that is part of the data has no transforms and one group of codes.
    private uint[]? ReadImage(int width, int height, bool keepsColors = false)
    {
        var pixels = ReadGroup(width, height, ReadCacheBits(), keepsColors);
        pixels.Read(ref reader, tables.Entries);
        tables.Truncate(0);
        return pixels.Colors;
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

    private WebPLosslessPixels ReadGroup(int width, int height, int cacheBits, bool keepsColors = false) => new(width, height)
    {
        Groups = [WebPPrefixGroup.Read(ref reader, codes, cacheBits)],
        Colors = keepsColors ? new uint[width * height] : null,
        Cache = keepsColors && cacheBits > 0 ? new uint[1 << cacheBits] : null,
    };

    // The red and green values of an image select the group of codes for each block of pixels.
    private WebPLosslessPixels ReadGroups(int width, int height, int cacheBits)
    {
        var blockBits = 2 + (int)reader.Read(3);
        var selection = ReadImage(BlocksOf(width, blockBits), BlocksOf(height, blockBits), keepsColors: true)!;
        var isUsed = new bool[1 << 16];

        for (var i = 0; i < selection.Length; i++)
        {
            selection[i] = selection[i] >> 8 & 0xFFFF;
            isUsed[selection[i]] = true;
        }

        var groups = new WebPPrefixGroup[1 + Array.LastIndexOf(isUsed, true)];

        for (var i = 0; i < groups.Length; i++)
        {
            codes.BuildsTables = isUsed[i];
            groups[i] = WebPPrefixGroup.Read(ref reader, codes, cacheBits);
        }

        return new(width, height) { Groups = groups, Selection = selection, BlockBits = blockBits };
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
