namespace GameImages.Benchmarks.Parts;

/// <summary>Bytes that are written bit by bit.</summary>
/// <param name="highestFirst">Whether the first bit of a byte is its highest, as in JPEG, or its lowest, as in GIF and WebP.</param>
internal sealed class Bits(bool highestFirst)
{
    private readonly List<byte> bytes = [];
    private int place;

    /// <summary>The last of them filled up with zeros.</summary>
    public byte[] Bytes => [.. bytes];

    public Bits Write(int value, int count)
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
