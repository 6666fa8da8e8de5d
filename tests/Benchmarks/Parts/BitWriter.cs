namespace GameImages.Benchmarks.Parts;

/// <summary>Writes bytes bit by bit.</summary>
/// <param name="highestFirst">Whether the highest bit of a byte comes first, as in JPEG, or the lowest, as in GIF and WebP.</param>
internal sealed class BitWriter(bool highestFirst)
{
    private readonly List<byte> bytes = [];
    private int place;

    /// <summary>The written bytes. The last byte is filled up with zeros.</summary>
    public byte[] Bytes => [.. bytes];

    public BitWriter Write(int value, int count)
    {
        for (var bit = 0; bit < count; bit++)
        {
            if (place == 0)
                bytes.Add(0);

            if ((value >> (highestFirst ? count - 1 - bit : bit) & 1) != 0)
                bytes[^1] |= (byte)(1 << (highestFirst ? 7 - place : place));

            place = (place + 1) % 8;
        }

        return this;
    }
}
