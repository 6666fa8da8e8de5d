namespace GameImages.Domain.Images.Formats;

/// <summary>A color profile (ICC.1, section 7.2), which is kept as it is and never unpacked.</summary>
internal static class IccProfile
{
    /// <summary>As it lies in the file. Profiles for printing have half of it, those for screens a few thousand bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int SignatureAt = 36;

    /// <returns>Whether a color-managed decoder would look at it at all.</returns>
    public static bool Starts(ReadOnlySpan<byte> profile) =>
        profile.Length > SignatureAt && profile[SignatureAt..].StartsWith("acsp"u8);

    /// <exception cref="ImageRefusedException">The profile is too large.</exception>
    public static void CheckLength(long length, int offset)
    {
        if (length > MaxBytes)
            throw ImageRefusedException.Malformed($"The color profile has more than {MaxBytes} bytes", offset);
    }
}
