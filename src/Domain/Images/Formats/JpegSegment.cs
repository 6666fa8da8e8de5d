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
    public int End => Offset + Whole.Length;
    public Range Range => Offset..End;

    public byte Marker => Whole[1];

    public ReadOnlySpan<byte> Content => Whole.Length > 4 ? Whole[4..] : [];

    public bool IsFrameHeader => IsFrame(Marker);

    /// <summary>SOF0 to SOF15, without the three other markers in this range.</summary>
    public static bool IsFrame(byte marker) =>
        marker is >= 0xC0 and <= 0xCF and not (HuffmanTables or JpegExtension or ArithmeticConditioning);

    /// <summary>Reads the segment at the next marker. Like decoders, it skips all bytes before the marker, and fill bytes.</summary>
    public static JpegSegment Read(scoped ref ByteReader input)
    {
        var marker = TakeNextMarker(ref input);
        var offset = input.Position - 2;

        if (!StandsAlone(marker))
        {
            var length = input.TakeUInt16BigEndian("the length of a segment");

            if (length < 2 && !MayBeSkipped(marker))
                throw ImageRefusedException.Malformed(
                    $"The segment FF{marker:X2} states length {length}; the minimum is 2",
                    offset);

            // A segment that decoders skip may state a length of 0 or 1. They continue after the two bytes of the length.
            input.Take(Math.Max(length - 2, 0), "a segment");
        }

        return new(input[offset..input.Position], offset);
    }

    /// <param name="fault">The end of the sentence, after the name of the segment.</param>
    public ImageRefusedException Refuse(string fault) => ImageRefusedException.Malformed($"The segment FF{Marker:X2} {fault}", Offset);

    /// <summary>Whether there is a further marker.</summary>
    public static bool HasNext(ByteReader input)
    {
        for (var rest = input.Rest; ;)
        {
            var at = rest.IndexOf(Prefix);

            if (at < 0)
                return false;

            rest = rest[(at + 1)..].TrimStart(Prefix);

            if (rest is [not 0, ..])
                return true;
        }
    }

    /// <summary>Skips to the next marker.</summary>
    /// <returns>The second byte of the marker. Its two bytes are taken.</returns>
    public static byte TakeNextMarker(scoped ref ByteReader input)
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

        return marker;
    }

    public static byte[] Write(byte marker, ReadOnlySpan<byte> content) =>
        [Prefix, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte TakeMarker(scoped ref ByteReader input)
    {
        byte marker;

        do
            marker = input.TakeByte("a marker");
        while (marker == Prefix);

        return marker;
    }

    private static bool MayBeSkipped(byte marker) => marker is (>= App0 and <= App15) or Comment or NumberOfLines;

    // TEM, RST0 to RST7, SOI and EOI have no length and no content.
    private static bool StandsAlone(byte marker) => marker is Temporary or (>= FirstRestart and <= EndOfImage);
}
