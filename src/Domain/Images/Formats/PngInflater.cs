namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Decompresses a zlib stream (RFC 1950) of deflate blocks (RFC 1951) to its end, in a buffer of fixed size. System.IO.Compression does
/// the same, but it does not tell where the stream ends, nor what its blocks hide.
/// </summary>
internal ref struct PngInflater
{
    public const string TooShort = "ends too early";

    private readonly PngRows rows;
    private readonly PngWindow window;
    private readonly PngBlocks blocks;
    private PngBits bits;

    private PngInflater(ReadOnlySpan<byte> zlib, PngRows rows, PngWindow window, PngBlocks blocks)
    {
        this.rows = rows;
        this.window = window;
        this.blocks = blocks;
        bits = new(zlib);
    }

    /// <param name="zlib">The stream, and whatever follows it.</param>
    /// <param name="offset">The position of the stream in the upload.</param>
    /// <exception cref="ImageRefusedException">The stream is broken, or ends, before the last row does.</exception>
    public static PngStream Read(ReadOnlySpan<byte> zlib, PngRows rows, int offset)
    {
        using var window = new PngWindow(rows);
        using var blocks = new PngBlocks();
        var inflater = new PngInflater(zlib, rows, window, blocks);
        var fault = inflater.Read();
        window.Flush();

        if (rows.HasUnknownFilter)
            fault = "has a row with a filter that does not exist";
        else if (fault is null && rows.Missing > 0)
            fault = "has too few rows";

        // Decoders show an image that ends too early if they find all of its rows. But Chromium corrects the colors of an interlaced one
        // at the end of the stream only.
        if (fault is not null && (fault != TooShort || rows.Missing > 0 || rows.IsInterlaced))
            throw ImageRefusedException.Malformed($"The image data {fault}", offset);

        return new(inflater.bits.BytesRead, blocks.HiddenBits, fault is null && !rows.HasSurplus);
    }

    private string? Read()
    {
        bits.Refill();
        var method = bits.Take(8);
        var flags = bits.Take(8);

        // Method 8 with a window of at most 32 KiB, no preset dictionary, and the check bits.
        if (bits.IsExceeded || (method & 0x0F) != 8 || method > 0x78 || (flags & 0x20) != 0 || (method * 256 + flags) % 31 != 0)
            return "is not compressed by zlib";

        var isLast = false;

        while (!isLast && !rows.HasSurplus)
        {
            bits.Refill();
            isLast = bits.Take(1) == 1;
            var type = bits.Take(2);
            var before = rows.Missing;

            if (bits.IsExceeded)
                return TooShort;

            var fault = type switch
            {
                0 => ReadStored(),
                1 => PngCodedBlock.Read(ref bits, blocks, window, rows),
                2 => blocks.ReadCodes(ref bits) ?? PngCodedBlock.Read(ref bits, blocks, window, rows),
                _ => "has a block of a type that does not exist",
            };

            if (fault is not null)
                return fault;

            window.Flush();
            blocks.Finish(before - rows.Missing, isLast);
        }

        blocks.CountPadding(bits.SkipToByte());
        return bits.TakeBytes(4).Length == 4 ? null : TooShort;
    }

    private string? ReadStored()
    {
        blocks.CountPadding(bits.SkipToByte());
        var header = bits.TakeBytes(4);

        if (header.Length < 4)
            return TooShort;
        if ((header[0] ^ header[2]) != 0xFF || (header[1] ^ header[3]) != 0xFF)
            return "has a block with a broken length";

        var length = header[0] | (header[1] << 8);
        var content = bits.TakeBytes(length);
        window.Append(content);
        return content.Length == length ? null : TooShort;
    }
}
