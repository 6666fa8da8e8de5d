namespace GameImages.Domain.Images.Formats;

/// <summary>A change in the data of a scan: it cuts bytes that are no data, or fills the end of the last byte of data with ones.</summary>
/// <param name="Padding">The number of bits at the end of the byte that are no data; 0 if the bytes are cut.</param>
internal readonly record struct JpegEdit(int Start, int End, int Padding = 0)
{
    /// <returns>The bytes to write in this place. A byte 0 must follow FF.</returns>
    public byte[] Apply(ReadOnlySpan<byte> file)
    {
        if (Padding == 0)
            return [];

        var padded = (byte)(file[Start] | ((1 << Padding) - 1));
        return padded == JpegSegment.Prefix ? [padded, 0] : [padded];
    }
}
