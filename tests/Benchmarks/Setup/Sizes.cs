namespace GameImages.Benchmarks.Setup;

/// <summary>The lengths of the images in bytes.</summary>
internal static class Sizes
{
    public const int Small = 4 * 1024;
    public const int Medium = 64 * 1024;

    /// <summary>An image of 362 x 362 pixels, which gets two variants.</summary>
    public const int Backlog = 128 * 1024;

    public const int Large = 1024 * 1024;

    /// <summary>The largest size that the service accepts, less the parts of the file that are not pixels.</summary>
    public const int Huge = 5 * 1024 * 1024 - 16 * 1024;
}
