namespace GameImages.Domain.Images.Formats;

/// <summary>The cyclic redundancy code of PNG's chunks: W3C Recommendation (third edition), section 5.5 and annex D.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(OfByte)];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;

        foreach (var value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);

        return ~crc;
    }

    private static uint OfByte(int value)
    {
        var crc = (uint)value;

        for (var bit = 0; bit < 8; bit++)
            crc = (crc & 1) == 0 ? crc >> 1 : Polynomial ^ (crc >> 1);

        return crc;
    }
}
