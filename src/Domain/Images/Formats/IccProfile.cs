namespace GameImages.Domain.Images.Formats;

/// <summary>A color profile (ICC.1, section 7.2). It is copied without changes and never decompressed.</summary>
internal static class IccProfile
{
    /// <summary>The length in the file. Profiles for printers are half as long. Those for screens have a few thousand bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int SignatureAt = 36;

    /// <returns>Whether the bytes have the signature of a profile. Decoders ignore a profile without it.</returns>
    public static bool HasSignature(ReadOnlySpan<byte> profile) =>
        profile.Length > SignatureAt && profile[SignatureAt..].StartsWith("acsp"u8);

    /// <exception cref="ImageRefusedException">The profile is too large.</exception>
    public static void CheckLength(long length, int offset)
    {
        if (length > MaxBytes)
            throw ImageRefusedException.Malformed($"The color profile has more than {MaxBytes} bytes", offset);
    }
}
