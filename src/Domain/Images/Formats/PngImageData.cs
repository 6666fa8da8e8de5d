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

    private const int FewBytes = 1024;
    private const int BitsOfSmallChunk = 16;

    private readonly List<Range> parts = [];
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
    /// <param name="indexes">Gets the rows, if it matters which colors they use.</param>
    public void Write(ReadOnlySpan<byte> file, ImageSize size, PngAnimation? numbers, PngIndexes? indexes)
    {
        var offset = parts[0].Start.Value;
        byte[] joined = parts.Count == 1 ? [] : ArrayPool<byte>.Shared.Rent(parts.Sum(Length));

        try
        {
            var zlib = parts.Count == 1 ? file[parts[0]] : Join(file, joined);
            var stream = PngInflater.Read(zlib, new(header, size, indexes: indexes), offset);

            if (!stream.IsIntact || !TryWriteParts(file, stream, numbers))
                WriteAgain(zlib, size, offset, numbers);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }

        parts.Clear();
    }

    private static int Length(Range part) => part.End.Value - part.Start.Value;

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> file, Span<byte> target)
    {
        var length = 0;

        foreach (var part in parts)
        {
            file[part].CopyTo(target[length..]);
            length += Length(part);
        }

        return target[..length];
    }

    /// <summary>Drops what follows the stream.</summary>
    /// <returns>Whether the last part is now shorter than its chunk.</returns>
    private bool CutTo(int length)
    {
        var count = 0;

        for (; length > 0; count++)
            length -= Length(parts[count]);

        parts.RemoveRange(count, parts.Count - count);
        parts[^1] = parts[^1].Start..(parts[^1].End.Value + length);
        return length < 0;
    }

    private bool TryWriteParts(ReadOnlySpan<byte> file, PngStream stream, PngAnimation? numbers)
    {
        var isChanged = CutTo(stream.Length) || !isLastIntact;
        var hidden = stream.HiddenBits + BitsOfSmallChunk * parts.SkipLast(1).Count(part => Length(part) < FewBytes);

        if (hiddenBits + hidden > MaxHiddenBits)
            return false;

        hiddenBits += hidden;

        for (var i = 0; i < parts.Count; i++)
        {
            if (numbers is not null)
                numbers.WriteData(file[parts[i]]);
            else if (isChanged && i == parts.Count - 1)
                PngChunk.Write(output, PngChunk.Data, file[parts[i]]);
            else
                output.Append(file[PngChunk.WholeOf(parts[i])]);
        }

        return true;
    }

    private void WriteAgain(ReadOnlySpan<byte> zlib, ImageSize size, int offset, PngAnimation? numbers)
    {
        using var compressed = new LimitedStream(canvas, output.Bytes.Length);

        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            PngInflater.Read(zlib, new(header, size, stream), offset);

        var again = compressed.GetBuffer().AsSpan(0, (int)compressed.Length);

        // This is the sum that a second cleaning finds, so that it makes the same decisions for the streams that follow.
        hiddenBits += PngInflater.Read(again, new(header, size), offset).HiddenBits;

        if (numbers is null)
            PngChunk.Write(output, PngChunk.Data, again);
        else
            numbers.WriteData(again);
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
