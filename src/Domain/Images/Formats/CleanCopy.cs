using System.Buffers;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The cleaned file. It is a slice of the original as long as both have the same bytes. After the first difference it is a buffer.
/// </summary>
internal sealed class CleanCopy(ReadOnlyMemory<byte> original)
{
    private ArrayBufferWriter<byte>? buffer;
    private int sameLength;

    public ReadOnlyMemory<byte> Bytes => buffer?.WrittenMemory ?? original[..sameLength];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (buffer is null && original.Span[sameLength..].StartsWith(bytes))
        {
            sameLength += bytes.Length;
            return;
        }

        if (buffer is null)
        {
            // The copy is longer than the original only if the original has no end marker.
            buffer = new(original.Length + 16);
            buffer.Write(original.Span[..sameLength]);
        }

        buffer.Write(bytes);
    }

    /// <summary>Replaces bytes that were appended before by others of the same number.</summary>
    public void Replace(int position, ReadOnlySpan<byte> bytes)
    {
        var changed = Bytes.ToArray();
        bytes.CopyTo(changed.AsSpan(position));

        buffer = new(original.Length + 16);
        buffer.Write(changed);
    }
}
