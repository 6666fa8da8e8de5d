namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.7.2: a prefix code. A code of one symbol has no bits and no table.</summary>
/// <param name="Table">The position of the table in <see cref="WebPPrefixTables"/>, or the only symbol.</param>
/// <param name="RootBits">The number of bits that index the table, or 0.</param>
/// <param name="Costs">The position of the cost of the first symbol.</param>
internal readonly record struct WebPPrefixCode(int Table, int RootBits, int Costs)
{
    public bool HasBits => RootBits != 0;

    /// <param name="reader">It has at least 15 bits left since it was filled.</param>
    /// <returns>The symbol. It is marked as used.</returns>
    public int Read(scoped ref WebPBitReader reader, uint[] entries, byte[] costs)
    {
        if (RootBits == 0)
        {
            costs[Costs] = 0;
            return Table;
        }

        var bits = reader.Peek();
        var entry = entries[Table + (int)(bits & ((1u << RootBits) - 1))];
        var length = WebPPrefixTables.LengthOf(entry);

        if (length > RootBits)
        {
            // The entry is a second table, for the codes that are longer than the bits that index the first one.
            var index = bits >> RootBits & ((1u << (length - RootBits)) - 1);
            entry = entries[WebPPrefixTables.TableOf(entry) + (int)index];
            length = WebPPrefixTables.LengthOf(entry);
        }

        reader.Skip(length);
        costs[Costs + WebPPrefixTables.NumberOf(entry)] = 0;
        return WebPPrefixTables.SymbolOf(entry);
    }
}
