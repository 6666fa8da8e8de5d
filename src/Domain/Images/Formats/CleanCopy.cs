using System.Buffers;

namespace GameImages.Domain.Images.Formats;

/// <summary>The file as it is written again: a slice of the original for as long as the two agree, and a buffer from there on.</summary>
internal sealed class CleanCopy(ReadOnlyMemory<byte> original)
{
    private ArrayBufferWriter<byte>? buffer;
    private int agreed;

    public ReadOnlyMemory<byte> Bytes => buffer?.WrittenMemory ?? original[..agreed];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (buffer is null && original.Span[agreed..].StartsWith(bytes))
        {
            agreed += bytes.Length;
            return;
        }

        if (buffer is null)
        {
            // A copy is hardly ever longer than its original: only by an end marker that was missing.
            buffer = new(original.Length + 16);
            buffer.Write(original.Span[..agreed]);
        }

        buffer.Write(bytes);
    }
}
