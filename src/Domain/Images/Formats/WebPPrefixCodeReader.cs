namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.7.2.1: reads the lengths of prefix codes.</summary>
internal sealed class WebPPrefixCodeReader(WebPPrefixTables tables)
{
    private const int RepeatPrevious = 16;

    private readonly WebPPrefixCodeBuilder builder = new(tables);
    private readonly byte[] lengths = new byte[WebPPrefixGroup.MaxSymbols];

    // The order in which the lengths of the codes of lengths are stored.
    private static ReadOnlySpan<byte> Order => [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>The codes are used. If they are not, they are only checked, which is faster.</summary>
    public bool BuildsTables { get; set; } = true;

    /// <exception cref="ImageRefusedException">The code is not complete, or it has too many symbols.</exception>
    public WebPPrefixCode Read(ref WebPBitReader reader, int symbols)
    {
        Array.Clear(lengths, 0, Math.Max(symbols, WebPPrefixGroup.Colors));

        if (reader.ReadFlag())
            ReadSimple(ref reader);
        else
            ReadLengths(ref reader, lengths.AsSpan(0, symbols));

        reader.CheckEnd();
        var code = builder.Build(lengths.AsSpan(0, symbols), BuildsTables) ?? throw reader.Refuse("A prefix code is incomplete");

        if (tables.AreTooLarge)
            throw reader.Refuse("The prefix codes need too much memory");

        return code;
    }

    // One or two symbols. One that does not exist has no code.
    private void ReadSimple(ref WebPBitReader reader)
    {
        var hasSecond = reader.ReadFlag();
        lengths[reader.Read(reader.ReadFlag() ? 8 : 1)] = 1;

        if (hasSecond)
            lengths[reader.Read(8)] = 1;
    }

    private void ReadLengths(ref WebPBitReader reader, Span<byte> lengths)
    {
        var start = tables.Used;
        var firstCost = tables.CostsUsed;
        var code = ReadCodeOfLengths(ref reader);
        var limit = reader.ReadFlag() ? 2 + (int)reader.Read(2 + 2 * (int)reader.Read(3)) : lengths.Length;

        if (limit > lengths.Length)
            throw reader.Refuse("A prefix code has too many symbols");

        if (code is { HasBits: false, Table: < RepeatPrevious })
        {
            lengths[..limit].Fill((byte)code.Table);
            tables.Truncate(start, firstCost);
            return;
        }

        byte previous = 8;
        byte last = byte.MaxValue;
        var continued = 0;

        for (var symbol = 0; symbol < lengths.Length && limit > 0; limit--)
        {
            reader.Fill();
            var length = code.Read(ref reader, tables.Entries, tables.Costs);

            var made = length < RepeatPrevious ? (byte)length : length == RepeatPrevious ? previous : (byte)0;
            continued = made == last ? continued + 1 : 0;
            last = made;

            // Encoders write at most two lengths more than needed before or after a repetition.
            if (continued > 2)
                tables.HiddenBits += 1 + ExtraBits(length);

            if (length < RepeatPrevious)
            {
                lengths[symbol++] = (byte)length;
                previous = length == 0 ? previous : (byte)length;
                continue;
            }

            var count = ReadCount(ref reader, length);

            if (count > lengths.Length - symbol)
                throw reader.Refuse("A prefix code has too many symbols");

            lengths.Slice(symbol, count).Fill(length == RepeatPrevious ? previous : (byte)0);
            symbol += count;

            if (count == (length == RepeatPrevious ? 6 : 138))
                continued = 0;
        }

        tables.Truncate(start, firstCost);
    }

    private static int ExtraBits(int symbol) => symbol switch
    {
        < RepeatPrevious => 0,
        RepeatPrevious => 2,
        17 => 3,
        _ => 7,
    };

    private static int ReadCount(ref WebPBitReader reader, int repetition) => repetition switch
    {
        RepeatPrevious => 3 + (int)reader.Read(2),
        17 => 3 + (int)reader.Read(3),
        _ => 11 + (int)reader.Read(7),
    };

    private WebPPrefixCode ReadCodeOfLengths(ref WebPBitReader reader)
    {
        Span<byte> lengths = stackalloc byte[Order.Length];
        lengths.Clear();
        var count = 4 + (int)reader.Read(4);

        for (var i = 0; i < count; i++)
            lengths[Order[i]] = (byte)reader.Read(3);

        return builder.Build(lengths) ?? throw reader.Refuse("A prefix code is incomplete");
    }
}
