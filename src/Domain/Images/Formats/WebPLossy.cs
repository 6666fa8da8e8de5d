namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 6386 section 9: finds the end of each partition of a lossy image. It reads all modes and tokens, and computes no pixels. Libwebp
/// accepts the same data.
/// </summary>
internal sealed class WebPLossy
{
    public const int HeaderLength = 10;

    private const int MacroblockSide = 16;
    private const int SizeLength = 3;
    private const int MaxUnneeded = 32;

    private readonly WebPBitstream image;
    private readonly byte[] data;
    private readonly int length;
    private readonly int rows;
    private WebPBooleanDecoder modes;
    private WebPBooleanDecoder[] tokens = [];
    private int endOfHeader;

    private WebPLossy(WebPBitstream image, ByteReader input)
    {
        var readable = input[image.Readable];
        data = new byte[readable.Length + WebPBooleanDecoder.Padding];
        readable.CopyTo(data);
        this.image = image;
        length = readable.Length;
        rows = (int)(image.Height + MacroblockSide - 1) / MacroblockSide;
        modes = new(HeaderLength, (int)(WebPChunk.ReadUInt24(data) >> 5));
    }

    /// <returns>The content without the bytes that decoders do not read.</returns>
    /// <param name="input">A reader of the whole file, at any position.</param>
    /// <exception cref="ImageRefusedException">A partition ends too early.</exception>
    public static WebPContent Clean(WebPBitstream image, ByteReader input)
    {
        var walk = new WebPLossy(image, input);
        walk.Read();
        return walk.Cut();
    }

    private void Read()
    {
        var header = WebPLossyHeader.Read(ref modes, data);
        endOfHeader = modes.End;

        // Browsers decode while the data arrives. For that, libwebp needs one byte after the header, even if the modes do not.
        if (endOfHeader >= modes.Limit)
            throw Refuse();

        FindPartitions(header.Partitions);
        var columns = (int)(image.Width + MacroblockSide - 1) / MacroblockSide;
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

        if (tokensOfRow.CountUnneeded() > MaxUnneeded)
            throw Refuse("The lossy data changes too many probabilities that no token needs");
    }

    // Section 9.5: the lengths of all partitions but the last one come after the first partition.
    private void FindPartitions(int count)
    {
        var sizes = modes.Limit;
        var position = sizes + SizeLength * (count - 1);
        tokens = new WebPBooleanDecoder[count];

        for (var i = 0; i < count; i++)
        {
            var rest = length - position;
            var size = i == count - 1 || rest < 0 ? rest : (int)WebPChunk.ReadUInt24(data.AsSpan(sizes + SizeLength * i));

            // Decoders read the first byte of a partition even if it has no tokens.
            if (size > rest || rest <= 0 || (size == 0 && i < rows))
                throw Refuse();

            tokens[i] = new(position, size);
            position += size;
        }
    }

    // Libwebp reads the byte of padding after the chunk as part of the last partition.
    private WebPContent Cut()
    {
        var declared = image.Content.End.Value - image.Content.Start.Value;
        var first = modes.Cut(data, modes.Limit, endOfHeader + 1);
        var isWhole = first.AsSpan().SequenceEqual(data.AsSpan(modes.Start..modes.Limit));
        var kept = new byte[tokens.Length][];
        var end = 0;

        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = tokens[i].Cut(data, i == kept.Length - 1 ? declared : tokens[i].Limit);
            end = tokens[i].Start + kept[i].Length;
            isWhole &= end >= tokens[i].Limit || i == kept.Length - 1;
            isWhole &= kept[i].AsSpan().SequenceEqual(data.AsSpan(tokens[i].Start, kept[i].Length));
        }

        var start = image.Content.Start.Value;
        return isWhole ? new(start..(start + end)) : new(image.Content, Write(first, kept));
    }

    private byte[] Write(byte[] first, byte[][] kept)
    {
        var tag = WebPChunk.ReadUInt24(data) & 0x1F | (uint)first.Length << 5;
        List<byte> written = [(byte)tag, (byte)(tag >> 8), (byte)(tag >> 16), .. data.AsSpan(SizeLength..HeaderLength), .. first];

        foreach (var partition in kept.SkipLast(1))
            written.AddRange([(byte)partition.Length, (byte)(partition.Length >> 8), (byte)(partition.Length >> 16)]);

        return [.. written, .. kept.SelectMany(partition => partition)];
    }

    private ImageRefusedException Refuse(string reason = "The lossy data ends too early") =>
        ImageRefusedException.Malformed(reason, image.Content.Start.Value);
}
