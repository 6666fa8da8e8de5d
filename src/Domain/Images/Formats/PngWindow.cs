using System.Buffers;
using System.Runtime.Intrinsics;

namespace GameImages.Domain.Images.Formats;

/// <summary>The last decompressed bytes, to which matches refer. Those that are new are passed on in large parts.</summary>
internal sealed class PngWindow(PngRows rows) : IDisposable
{
    /// <summary>A position that matches may exceed, but not start at.</summary>
    public const int Limit = 4 * Longest;

    private const int Longest = 32 * 1024;
    private const int LongestMatch = 258;

    private int start;

    /// <summary>There is room for a match that starts a few bytes after the limit, and for up to 30 bytes written too many.</summary>
    public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent(Limit + LongestMatch + 4 * Vector128<byte>.Count);

    public int End { get; set; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);

    public void Append(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var part = content[..Math.Min(content.Length, Limit - End)];
            part.CopyTo(Bytes.AsSpan(End));
            End += part.Length;
            content = content[part.Length..];

            if (End == Limit)
                Flush();
        }
    }

    /// <summary>Passes the new bytes on. After that, there is room for more.</summary>
    public void Flush()
    {
        rows.Read(Bytes.AsSpan(start..End));

        if (End >= Limit)
        {
            Bytes.AsSpan((End - Longest)..End).CopyTo(Bytes);
            End = Longest;
        }

        start = End;
    }

    /// <summary>Writes a match. It may write more bytes than its length, which the next bytes replace.</summary>
    public static void Repeat(byte[] target, int at, int distance, int length)
    {
        var stop = at + length;
        var stride = distance;

        // A match may overlap itself. Then, its bytes have a period, and the copy starts a multiple of the period before its target.
        if (distance < Vector128<byte>.Count)
        {
            stride = (Vector128<byte>.Count / distance + 1) * distance;

            for (var single = at + stride - distance; at < single; at++)
                target[at] = target[at - distance];
        }

        for (; at < stop; at += Vector128<byte>.Count)
            Vector128.Create(target, at - stride).CopyTo(target, at);
    }
}
