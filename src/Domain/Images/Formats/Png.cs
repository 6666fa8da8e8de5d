using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// PNG, W3C Recommendation (third edition), section 5: a signature, then chunks from IHDR to IEND. The copy leaves out all bytes after
/// IEND, and every ancillary chunk that does not change how the image looks.
/// </summary>
internal static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsStartOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    public static void Walk(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        output.Append(input.Take(Signature.Length, "the signature"));

        var chunk = PngChunk.Read(ref input);
        var parts = new PngParts(PngHeader.Read(chunk, canvas), canvas);
        output.Append(chunk.Whole);

        do
        {
            chunk = PngChunk.Read(ref input);

            if (!parts.Add(chunk))
                continue;
            if (chunk.Type == PngChunk.Exif)
                WriteOrientation(output, Exif.ReadOrientation(chunk.Content));
            else
                output.Append(chunk.Whole);
        }
        while (chunk.Type != PngChunk.End);
    }

    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> bytes) =>
        bytes is [_, _, _, _, _, _, _, _, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', _, _, _, _, _, _, _, _, ..]
            ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            : null;

    private static void WriteOrientation(CleanCopy output, int orientation)
    {
        if (orientation != Exif.Upright)
            PngChunk.Write(output, PngChunk.Exif, Exif.Write(orientation));
    }
}
