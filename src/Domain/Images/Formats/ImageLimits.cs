namespace GameImages.Domain.Images.Formats;

/// <summary>The limits of an upload. Each limit is inclusive.</summary>
/// <param name="MaxBytes">The length of the file.</param>
/// <param name="MaxSide">The width, and the height, in pixels.</param>
/// <param name="MaxFrames">The number of frames of an animation.</param>
/// <param name="MaxPixels">The pixels of all frames together. Each frame counts with its own rectangle.</param>
public sealed record ImageLimits(int MaxBytes = 5 * 1024 * 1024, int MaxSide = 4096, int MaxFrames = 1000, long MaxPixels = 100_000_000)
{
    /// <summary>No limits. They are for images that are stored already.</summary>
    public static readonly ImageLimits None = new(int.MaxValue, int.MaxValue, int.MaxValue, long.MaxValue);
}
