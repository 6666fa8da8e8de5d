using System.IO.Compression;

namespace GameImages.Domain.Images.Formats;

/// <summary>PNG section 11.3.2.3: the chunk iCCP, a name, a zero, the compression method 0, and a compressed color profile.</summary>
internal static class PngProfile
{
    private const int MaxBytes = 5 * 1024 * 1024;
    private const int LongestName = 80;
    private const int LongestKeptName = 32;

    private const int MaxHiddenBits = 8 * 32;

    /// <returns>The content with a profile that hides nothing; empty if decoders ignore the chunk.</returns>
    /// <exception cref="ImageRefusedException">The profile is too large.</exception>
    public static ReadOnlySpan<byte> Clean(PngChunk chunk)
    {
        var content = chunk.Content;
        var nameLength = content.IndexOf((byte)0);

        if (nameLength is < 1 or > LongestName || content[(nameLength + 1)..] is not [0, ..])
            return [];

        var compressed = content[(nameLength + 2)..];
        var profile = Decompress(compressed.ToArray(), chunk.Offset);
        var clean = IccProfile.Clean(profile, chunk.Offset);

        if (clean.IsEmpty)
            return [];

        var stream = PngInflater.Read(compressed, new(profile.Length), chunk.Offset);
        var isShort = nameLength <= LongestKeptName;

        // Decoders ignore a profile whose compressed data is not complete.
        if (!stream.IsIntact)
            return [];
        if (isShort && clean.SequenceEqual(profile) && stream.HiddenBits <= MaxHiddenBits)
            return content[..(nameLength + 2 + stream.Length)];

        var name = isShort ? content[..nameLength] : "profile"u8;
        return (byte[])[.. name, 0, 0, .. Compress(clean)];
    }

    private static ReadOnlySpan<byte> Decompress(byte[] compressed, int offset)
    {
        using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var profile = new MemoryStream();
        Span<byte> buffer = stackalloc byte[8192];

        try
        {
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                if (profile.Length + read > MaxBytes)
                    throw ImageRefusedException.Malformed($"The color profile has more than {MaxBytes} bytes", offset);

                profile.Write(buffer[..read]);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // Decoders ignore a profile that they cannot decompress. A preset dictionary gives an IOException.
            return [];
        }

        return profile.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> profile)
    {
        using var compressed = new MemoryStream();

        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal))
            stream.Write(profile);

        return compressed.ToArray();
    }
}
