using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Testing.Images;

/// <summary>Writes the content of lossy WebP images, RFC 6386 section 9.</summary>
public static class LossyWebP
{
    /// <summary>16 x 64 pixels: four macroblocks in a column, without tokens.</summary>
    /// <param name="tokens">The bytes of each partition.</param>
    public static byte[] Skipped(int partitions, params byte[][] tokens) => Skipped(partitions, 0, tokens);

    /// <inheritdoc cref="Skipped(int, byte[][])"/>
    /// <param name="changed">The number of probabilities of tokens that the header changes.</param>
    public static byte[] Skipped(int partitions, int changed, params byte[][] tokens)
    {
        var lengths = tokens.SkipLast(1).SelectMany(bytes => LittleEndian((uint)bytes.Length)[..3]);
        return Frame(Modes(partitions, changed, macroblocks: 4), 16, 64, [.. lengths, .. tokens.SelectMany(bytes => bytes)]);
    }

    /// <returns>The first partition of an image whose macroblocks have no tokens.</returns>
    public static byte[] Modes(int partitions, int changed, int macroblocks)
    {
        var header = new BooleanEncoder()
            .WriteNumber(0, 2).Write(0).WriteNumber(0, 10).Write(0)
            .WriteNumber(int.Log2(partitions), 2)
            .WriteNumber(20, 7).WriteNumber(0, 5).Write(0);

        foreach (var (i, probability) in Updates().Index())
        {
            header.Write(i < changed ? 1 : 0, probability);

            if (i < changed)
                header.WriteNumber(200, 8);
        }

        header.Write(1).WriteNumber(128, 8);

        for (var macroblock = 0; macroblock < macroblocks; macroblock++)
            header.Write(1, 128).Write(1, 145).Write(0, 156).Write(0, 163).Write(0, 142);

        return header.Finish();
    }

    /// <returns>A key frame.</returns>
    public static byte[] Frame(byte[] first, ushort width, ushort height, byte[] rest) =>
        [.. LittleEndian((uint)(first.Length << 5 | 0x10))[..3], 0x9D, 0x01, 0x2A, (byte)width, 0, (byte)height, 0, .. first, .. rest];

    // RFC 6386 section 13.4: the probabilities of an update. Each run is a probability and how often it comes.
    private static IEnumerable<byte> Updates()
    {
        byte[] runs =
        [
            255, 33, 176, 1, 246, 1, 255, 9, 223, 1, 241, 1, 252, 1, 255, 8, 249, 1, 253, 2, 255, 9, 244, 1, 252, 1, 255, 8,
            234, 1, 254, 2, 255, 8, 253, 1, 255, 11, 246, 1, 254, 1, 255, 8, 239, 1, 253, 1, 254, 1, 255, 8, 254, 1, 255, 1,
            254, 1, 255, 9, 248, 1, 254, 1, 255, 8, 251, 1, 255, 1, 254, 1, 255, 20, 253, 1, 254, 1, 255, 8, 251, 1, 254, 2,
            255, 8, 254, 1, 255, 1, 254, 1, 255, 9, 254, 1, 253, 1, 255, 1, 254, 1, 255, 6, 250, 1, 255, 1, 254, 1, 255, 1,
            254, 1, 255, 6, 254, 1, 255, 43, 217, 1, 255, 10, 225, 1, 252, 1, 241, 1, 253, 1, 255, 2, 254, 1, 255, 4, 234, 1,
            250, 1, 241, 1, 250, 1, 253, 1, 255, 1, 253, 1, 254, 1, 255, 4, 254, 1, 255, 9, 223, 1, 254, 2, 255, 8, 238, 1,
            253, 1, 254, 2, 255, 8, 248, 1, 254, 1, 255, 8, 249, 1, 254, 1, 255, 21, 253, 1, 255, 9, 247, 1, 254, 1, 255, 21,
            253, 1, 254, 1, 255, 8, 252, 1, 255, 22, 254, 2, 255, 8, 253, 1, 255, 22, 254, 1, 253, 1, 255, 8, 250, 1, 255, 10,
            254, 1, 255, 43, 186, 1, 251, 1, 250, 1, 255, 8, 234, 1, 251, 1, 244, 1, 254, 1, 255, 7, 251, 2, 243, 1, 253, 1,
            254, 1, 255, 1, 254, 1, 255, 5, 253, 1, 254, 1, 255, 8, 236, 1, 253, 1, 254, 1, 255, 8, 251, 1, 253, 2, 254, 2,
            255, 7, 254, 2, 255, 8, 254, 3, 255, 20, 254, 1, 255, 9, 254, 2, 255, 9, 254, 1, 255, 21, 254, 1, 255, 120, 248, 1,
            255, 10, 250, 1, 254, 1, 252, 1, 254, 1, 255, 7, 248, 1, 254, 1, 249, 1, 253, 1, 255, 8, 253, 2, 255, 8, 246, 1,
            253, 2, 255, 8, 252, 1, 254, 1, 251, 1, 254, 2, 255, 7, 254, 1, 252, 1, 255, 8, 248, 1, 254, 1, 253, 1, 255, 8,
            253, 1, 255, 1, 254, 2, 255, 8, 251, 1, 254, 1, 255, 8, 245, 1, 251, 1, 254, 1, 255, 8, 253, 2, 254, 1, 255, 9,
            251, 1, 253, 1, 255, 8, 252, 1, 253, 1, 254, 1, 255, 9, 254, 1, 255, 10, 252, 1, 255, 9, 249, 1, 255, 1, 254, 1,
            255, 10, 254, 1, 255, 10, 253, 1, 255, 8, 250, 1, 255, 32, 254, 1, 255, 21,
        ];
        return runs.Chunk(2).SelectMany(run => Enumerable.Repeat(run[0], run[1]));
    }
}
