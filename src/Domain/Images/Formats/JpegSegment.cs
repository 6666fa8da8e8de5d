namespace GameImages.Domain.Images.Formats;

/// <summary>
/// T.81 section B.1.1: a marker of two bytes. After most markers come a length, which counts its own two bytes, and the content.
/// </summary>
internal readonly ref struct JpegSegment
{
    public const byte Temporary = 0x01;
    public const byte ArithmeticConditioning = 0xCC;
    public const byte HuffmanTables = 0xC4;
    public const byte FirstRestart = 0xD0;
    public const byte LastRestart = 0xD7;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte NumberOfLines = 0xDC;
    public const byte RestartInterval = 0xDD;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App14 = 0xEE;
    public const byte App15 = 0xEF;
    public const byte Comment = 0xFE;
    public const byte Prefix = 0xFF;

    private const byte JpegExtension = 0xC8;

    private JpegSegment(ReadOnlySpan<byte> whole, int offset)
    {
        Whole = whole;
        Offset = offset;
    }

    public ReadOnlySpan<byte> Whole { get; }
    public int Offset { get; }

    public byte Marker => Whole[1];

    public ReadOnlySpan<byte> Content => Whole.Length > 4 ? Whole[4..] : [];

    public bool IsFrameHeader => IsFrame(Marker);

    /// <summary>SOF0 to SOF15, without the three other markers in this range.</summary>
    public static bool IsFrame(byte marker) =>
        marker is >= 0xC0 and <= 0xCF and not (HuffmanTables or JpegExtension or ArithmeticConditioning);

    /// <summary>Reads the segment at the next marker. Like decoders, it skips all bytes before the marker, and fill bytes.</summary>
    public static JpegSegment Read(scoped ref ByteReader input)
    {
        byte marker;

        do
        {
            var distance = input.Rest.IndexOf(Prefix);

            if (distance < 0)
                throw ImageRefusedException.Malformed("The file has no end marker", input.Position);

            input.Take(distance, "a segment");
            marker = TakeMarker(ref input);
        }
        while (marker == 0);

        var offset = input.Position - 2;

        if (!StandsAlone(marker))
        {
            var length = input.TakeUInt16BigEndian("the length of a segment");

            if (length < 2)
                throw ImageRefusedException.Malformed(
                    $"The segment FF{marker:X2} states length {length}; the minimum is 2",
                    offset);

            input.Take(length - 2, "a segment");
        }

        return new(input[offset..input.Position], offset);
    }

    /// <param name="fault">The end of the sentence, after the name of the segment.</param>
    public ImageRefusedException Refuse(string fault) => ImageRefusedException.Malformed($"The segment FF{Marker:X2} {fault}", Offset);

    private static byte TakeMarker(ref ByteReader input)
    {
        byte marker;

        do
            marker = input.TakeByte("a marker");
        while (marker == Prefix);

        return marker;
    }

    // TEM, RST0 to RST7, SOI and EOI have no length and no content.
    private static bool StandsAlone(byte marker) => marker is Temporary or (>= FirstRestart and <= EndOfImage);
}
