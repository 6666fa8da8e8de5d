namespace GameImages.Domain.Images.Formats;

/// <summary>What an upload may have at most.</summary>
/// <param name="MaxBytes">The length of the file, inclusive.</param>
/// <param name="MaxSide">Width and height in pixels, inclusive.</param>
/// <param name="MaxFrames">The pictures of an animation, inclusive.</param>
/// <param name="MaxPixels">The pixels of all frames together, inclusive; a frame counts with its own rectangle.</param>
public sealed record ImageLimits(int MaxBytes = 5 * 1024 * 1024, int MaxSide = 4096, int MaxFrames = 1000, long MaxPixels = 100_000_000)
{
    /// <summary>For what is kept already.</summary>
    public static readonly ImageLimits None = new(int.MaxValue, int.MaxValue, int.MaxValue, long.MaxValue);
}
