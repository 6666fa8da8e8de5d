using System.Numerics;

namespace GameImages.Domain.Images.Formats;

/// <summary>The bits of the colors of lossless data that decoders do not use: RFC 9649 sections 3.5 and 3.7.2.2.</summary>
internal static class WebPUnusedBits
{
    public const uint None = 0;

    /// <summary>The alpha values of an opaque image, or of the multipliers of a color transform.</summary>
    public const uint Alpha = 0xFF000000;

    /// <summary>Green holds the index of a color, or an alpha value.</summary>
    public const uint AllButGreen = 0xFFFF00FF;

    /// <summary>The low bits of green hold the mode of a predictor.</summary>
    public const uint AllButMode = 0xFFFFF0FF;

    /// <summary>Red and green hold the number of a group of codes.</summary>
    public const uint AllButGroup = 0xFF0000FF;

    private const int Modes = 14;

    /// <returns>The number of bits that can carry data. They cannot if they are the same in all colors.</returns>
    public static long Count(ReadOnlySpan<uint> colors, uint unused)
    {
        var changes = 0;
        var strangeModes = 0;

        for (var i = 1; i < colors.Length; i++)
        {
            changes += ((colors[i] ^ colors[i - 1]) & unused) != 0 ? 1 : 0;

            // Decoders use the first mode for those that do not exist.
            strangeModes += unused == AllButMode && (colors[i] >> 8 & 0xF) >= Modes ? 1 : 0;
        }

        return (long)(changes + strangeModes) * BitOperations.PopCount(unused);
    }
}
