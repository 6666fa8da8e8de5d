namespace GameImages.Domain.Images.Formats;

/// <summary>What was found in a zlib stream.</summary>
/// <param name="Length">In bytes, with the checksum at its end.</param>
/// <param name="HiddenBits">The number of bits that do not contribute to the rows.</param>
/// <param name="IsIntact">The stream ends with the last row, and every part of it is as RFC 1950 and RFC 1951 say.</param>
internal readonly record struct PngStream(int Length, long HiddenBits, bool IsIntact);
