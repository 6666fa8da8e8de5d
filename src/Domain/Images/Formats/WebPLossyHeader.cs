namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 6386 sections 9.2 to 9.11: the header at the start of the first partition of a key frame.</summary>
internal sealed class WebPLossyHeader
{
    private const int Segments = 4;

    /// <summary>The probabilities of the tree that selects a segment. Null if macroblocks do not select one.</summary>
    public byte[]? SegmentTree { get; private init; }

    public int Partitions { get; private init; }

    /// <summary>The probabilities of tokens, in the order of <see cref="WebPTokenProbabilities"/>. A changed one is marked.</summary>
    public required ushort[] Tokens { get; init; }

    /// <summary>The probability that a macroblock has tokens. Null if all have.</summary>
    public int? HasTokens { get; private init; }

    public static WebPLossyHeader Read(ref WebPBooleanDecoder decoder, byte[] data)
    {
        // The color space, and whether pixels need clamping.
        decoder.ReadNumber(data, 2);
        var segments = ReadSegments(ref decoder, data);
        SkipFilter(ref decoder, data);
        var partitions = 1 << decoder.ReadNumber(data, 2);
        SkipQuantizers(ref decoder, data);

        // Whether the probabilities are kept for the next frame. There is none.
        decoder.ReadFlag(data);

        return new()
        {
            SegmentTree = segments,
            Partitions = partitions,
            Tokens = ReadTokens(ref decoder, data),
            HasTokens = decoder.ReadFlag(data) ? decoder.ReadNumber(data, 8) : null,
        };
    }

    private static byte[]? ReadSegments(ref WebPBooleanDecoder decoder, byte[] data)
    {
        if (!decoder.ReadFlag(data))
            return null;

        var hasTree = decoder.ReadFlag(data);

        if (decoder.ReadFlag(data))
        {
            decoder.ReadFlag(data);

            for (var i = 0; i < Segments; i++)
                decoder.SkipOptional(data, 7);
            for (var i = 0; i < Segments; i++)
                decoder.SkipOptional(data, 6);
        }

        if (!hasTree)
            return null;

        var tree = new byte[Segments - 1];

        for (var i = 0; i < tree.Length; i++)
            tree[i] = decoder.ReadFlag(data) ? (byte)decoder.ReadNumber(data, 8) : (byte)255;

        return tree;
    }

    private static void SkipFilter(ref WebPBooleanDecoder decoder, byte[] data)
    {
        const int adjustments = 8;

        // The kind of the filter (1 bit), its level (6) and its sharpness (3).
        decoder.ReadNumber(data, 10);

        if (!decoder.ReadFlag(data) || !decoder.ReadFlag(data))
            return;

        for (var i = 0; i < adjustments; i++)
            decoder.SkipOptional(data, 6);
    }

    private static void SkipQuantizers(ref WebPBooleanDecoder decoder, byte[] data)
    {
        const int differences = 5;
        decoder.ReadNumber(data, 7);

        for (var i = 0; i < differences; i++)
            decoder.SkipOptional(data, 4);
    }

    private static ushort[] ReadTokens(ref WebPBooleanDecoder decoder, byte[] data)
    {
        var tokens = new ushort[WebPTokenProbabilities.Default.Length];

        for (var i = 0; i < tokens.Length; i++)
            tokens[i] = decoder.Read(data, WebPTokenUpdates.Probabilities[i])
                ? (ushort)(WebPTokenProbabilities.Changed | decoder.ReadNumber(data, 8))
                : WebPTokenProbabilities.Default[i];

        return tokens;
    }
}
