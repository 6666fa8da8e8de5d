using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// PNG, W3C Recommendation (third edition), section 5: a signature, then chunks from IHDR to IEND. The copy leaves out all bytes after
/// IEND, all bytes that hide in the image data, and every ancillary chunk that does not change how the image looks.
/// </summary>
internal static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsStartOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    public static void Walk(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        output.Append(input.Take(Signature.Length, "the signature"));

        var chunk = PngChunk.Read(ref input);
        var parts = new PngParts(PngHeader.Read(chunk, canvas), canvas, output);
        output.Append(chunk.Whole);

        do
        {
            chunk = PngChunk.Read(ref input);
            parts.Add(chunk, input[..input.Position], !chunk.IsFollowedBySame(input.Rest));
        }
        while (!parts.IsComplete);

        parts.Finish();
    }

    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> bytes) =>
        bytes is [_, _, _, _, _, _, _, _, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', _, _, _, _, _, _, _, _, ..]
            ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            : null;
}
