using System.Buffers;
using System.IO.Compression;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The chunks IDAT of an image, or the chunks fdAT of a frame. Together, they contain one zlib stream. It is stored as it is if it hides
/// little. Otherwise, its rows are compressed again.
/// </summary>
internal sealed class PngImageData(PngHeader header, Canvas canvas, CleanCopy output)
{
    /// <summary>All streams of a file may hide this much. The usual encoders hide a few bits in codes that they never use.</summary>
    private const int MaxHiddenBits = 8 * 256;

    // The bits after the last pixel, and the number of the row.
    private const int BitsOfRow = 32;

    private readonly PngStreamParts parts = new();
    private long hiddenBits;
    private bool isLastIntact;

    public bool IsEmpty => parts.Count == 0;

    /// <param name="content">Where the part of the stream is in the file.</param>
    /// <param name="isIntact">Whether the CRC is right. Only that of the last part may be wrong.</param>
    public void Add(Range content, bool isIntact)
    {
        parts.Add(content);
        isLastIntact = isIntact;
    }

    /// <summary>Writes the stream in the chunks that were added, or in one chunk, and forgets them.</summary>
    /// <param name="numbers">The animation that numbers the chunks fdAT; null for IDAT.</param>
    /// <param name="colors">Gets the rows, if it matters which colors they use.</param>
    public void Write(ReadOnlySpan<byte> file, ImageSize size, PngAnimation? numbers, PngSamples? colors)
    {
        var offset = parts[0].Start.Value;
        byte[] joined = parts.Count == 1 ? [] : ArrayPool<byte>.Shared.Rent(parts.Bytes);

        try
        {
            var zlib = parts.Count == 1 ? file[parts[0]] : parts.Join(file, joined);
            var samples = header.BitsPerPixel < 8 ? new() : colors;
            var stream = PngInflater.Read(zlib, new(header, size, samples: samples), offset);
            var hidden = hiddenBits + stream.HiddenBits + BitsOfRow * (samples?.HidingRows ?? 0);

            if (!stream.IsIntact || hidden > MaxHiddenBits)
            {
                WriteAgain(zlib, size, offset, numbers);
            }
            else
            {
                hiddenBits = hidden;
                WriteParts(file, zlib[..stream.Length], numbers);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }

        parts.Clear();
    }

    private void WriteParts(ReadOnlySpan<byte> file, ReadOnlySpan<byte> zlib, PngAnimation? numbers)
    {
        var isChanged = parts.CutTo(zlib.Length) || !isLastIntact;

        if (!parts.TryKeepLengths())
        {
            WriteChunk(zlib, numbers);
            return;
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (numbers is not null || (isChanged && i == parts.Count - 1))
                WriteChunk(file[parts[i]], numbers);
            else
                output.Append(file[PngChunk.WholeOf(parts[i])]);
        }
    }

    private void WriteChunk(ReadOnlySpan<byte> content, PngAnimation? numbers)
    {
        if (numbers is null)
            PngChunk.Write(output, PngChunk.Data, content);
        else
            numbers.WriteData(content);
    }

    private void WriteAgain(ReadOnlySpan<byte> zlib, ImageSize size, int offset, PngAnimation? numbers)
    {
        using var compressed = new LimitedStream(canvas, output.Bytes.Length);

        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            PngInflater.Read(zlib, RowsFor(stream), offset);

        var again = compressed.GetBuffer().AsSpan(0, (int)compressed.Length);

        // This is the sum that a second cleaning finds, so that it makes the same decisions for the streams that follow.
        hiddenBits += PngInflater.Read(again, new(header, size), offset).HiddenBits;
        WriteChunk(again, numbers);

        PngRows RowsFor(Stream copy) =>
            header.BitsPerPixel < 8 ? new(header, size, samples: new(copy)) : new(header, size, copy);
    }

    /// <summary>
    /// Ends the compression as soon as the file is longer than an upload may be. The data of the upload can be more than a hundred times
    /// shorter than ours, because our compressor finds no matches that are almost 32 KiB away.
    /// </summary>
    private sealed class LimitedStream(Canvas canvas, long before) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            canvas.CheckBytes(before + Length + count);
            base.Write(buffer, offset, count);
        }
    }
}
