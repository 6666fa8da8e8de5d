namespace GameImages.Domain.Images;

/// <summary>What an upload may have at most.</summary>
/// <param name="MaxBytes">The length of the file, inclusive.</param>
/// <param name="MaxSide">Width and height in pixels, inclusive.</param>
public sealed record ImageLimits(int MaxBytes = 5 * 1024 * 1024, int MaxSide = 4096);
