namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The tables of T.81 section K.3.3. Many cameras write them into every file, so their unused values hide nothing. Frames of motion JPEG
/// leave them out, and decoders then use them.
/// </summary>
internal static class JpegStandardTables
{
    // For DC and for AC: the table of destination 0, for luminance, and that of destination 1, for chrominance.
    private static readonly byte[][][] All =
    [
        [
            Convert.FromHexString("00010501010101010100000000000000000102030405060708090A0B"),
            Convert.FromHexString("00030101010101010101010000000000000102030405060708090A0B"),
        ],
        [
            Convert.FromHexString(
                "0002010303020403050504040000017D01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A"
                + "161718191A25262728292A3435363738393A434445464748494A535455565758595A636465666768696A737475767778797A83848586"
                + "8788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5"
                + "E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA"),
            Convert.FromHexString(
                "00020102040403040705040400010277000102031104052131061241510761711322328108144291A1B1C109233352F0156272D10A1624"
                + "34E125F11718191A262728292A35363738393A434445464748494A535455565758595A636465666768696A737475767778797A828384"
                + "85868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE2E3E4"
                + "E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA"),
        ],
    ];

    public static bool Contains(ReadOnlySpan<byte> countsAndValues)
    {
        foreach (var kind in All)
        {
            foreach (var table in kind)
            {
                if (countsAndValues.SequenceEqual(table))
                    return true;
            }
        }

        return false;
    }

    /// <returns>The table that decoders use for a destination without one, or null.</returns>
    public static JpegHuffmanTable? Find(int kind, int destination)
    {
        if (destination > 1)
            return null;

        var table = All[kind][destination].AsSpan();
        return new(table[..JpegHuffmanTable.CountsLength], table[JpegHuffmanTable.CountsLength..], kind);
    }
}
