namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 6386 section 9: finds the end of each partition of a lossy image. It reads all modes and tokens, and computes no pixels. Libwebp
/// accepts the same data.
/// </summary>
internal ref struct WebPLossy
{
    public const int HeaderLength = 10;

    private const int MacroblockSide = 16;
    private const int SizeLength = 3;

    // Encoders write some bytes more than decoders need: libwebp up to 2, libvpx up to 4.
    private const int FlushLength = 4;

    private readonly ReadOnlySpan<byte> data;
    private readonly int start;
    private readonly int columns;
    private readonly int rows;
    private WebPBooleanDecoder modes;
    private WebPBooleanDecoder[] tokens = [];

    private WebPLossy(WebPBitstream image, ByteReader input)
    {
        data = input[..image.Readable.End];
        start = image.Content.Start.Value;
        columns = (int)(image.Width + MacroblockSide - 1) / MacroblockSide;
        rows = (int)(image.Height + MacroblockSide - 1) / MacroblockSide;
        modes = new(start + HeaderLength, (int)(WebPChunk.ReadUInt24(data[start..]) >> 5));
    }

    /// <returns>The content without the bytes that decoders do not read.</returns>
    /// <param name="input">A reader of the whole file, at any position.</param>
    /// <exception cref="ImageRefusedException">A partition ends too early.</exception>
    public static WebPContent Clean(WebPBitstream image, ByteReader input)
    {
        var walk = new WebPLossy(image, input);
        walk.Read();
        return walk.Cut(image.Content);
    }

    private void Read()
    {
        var first = modes;
        var header = WebPLossyHeader.Read(ref first, data);
        modes = first;
        FindPartitions(header.Partitions);
        var modesOfRow = new WebPLossyModes(header, columns);
        var tokensOfRow = new WebPLossyTokens(header.Tokens, columns);

        for (var row = 0; row < rows; row++)
        {
            modesOfRow.ReadRow(ref modes, data);
            ref var partition = ref tokens[row % tokens.Length];
            tokensOfRow.ReadRow(ref partition, data, modesOfRow);

            if (modes.HasOverrun || partition.HasOverrun)
                throw Refuse();
        }
    }

    // Section 9.5: the lengths of all partitions but the last one come after the first partition.
    private void FindPartitions(int count)
    {
        var sizes = modes.Limit;
        var position = sizes + SizeLength * (count - 1);
        tokens = new WebPBooleanDecoder[count];

        for (var i = 0; i < count; i++)
        {
            var rest = data.Length - position;
            var length = i == count - 1 || rest < 0 ? rest : (int)WebPChunk.ReadUInt24(data[(sizes + SizeLength * i)..]);

            // Decoders read the first byte of a partition even if it has no tokens.
            if (length > rest || rest <= 0 || (length == 0 && i < rows))
                throw Refuse();

            tokens[i] = new(position, length);
            position += length;
        }
    }

    private readonly WebPContent Cut(Range content)
    {
        var declared = content.End.Value;
        var first = Kept(modes, modes.Limit);
        var kept = new int[tokens.Length];
        var isWhole = first == modes.Limit;

        for (var i = 0; i < tokens.Length; i++)
        {
            // Libwebp reads the byte of padding after the chunk as part of the last partition.
            var end = i == tokens.Length - 1 ? declared : tokens[i].Limit;
            kept[i] = Kept(tokens[i], end);
            isWhole &= kept[i] >= end;
        }

        return isWhole ? new(content.Start..kept[^1]) : new(content, Write(first, kept));
    }

    private static int Kept(WebPBooleanDecoder partition, int end)
    {
        var needed = partition.End;
        return needed + FlushLength < end ? needed : Math.Max(needed, end);
    }

    private readonly byte[] Write(int first, int[] kept)
    {
        var tag = WebPChunk.ReadUInt24(data[start..]) & 0x1F | (uint)(first - start - HeaderLength) << 5;
        List<byte> written = [(byte)tag, (byte)(tag >> 8), (byte)(tag >> 16), .. data[(start + SizeLength)..first]];

        for (var i = 0; i < kept.Length - 1; i++)
        {
            var length = kept[i] - tokens[i].Start;
            written.AddRange([(byte)length, (byte)(length >> 8), (byte)(length >> 16)]);
        }

        for (var i = 0; i < kept.Length; i++)
            written.AddRange(data[tokens[i].Start..kept[i]]);

        return [.. written];
    }

    private readonly ImageRefusedException Refuse() => ImageRefusedException.Malformed("The lossy data ends too early", start);
}
