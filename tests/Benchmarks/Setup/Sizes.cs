namespace GameImages.Benchmarks.Setup;

/// <summary>How long pictures are, in bytes.</summary>
internal static class Sizes
{
    public const int Small = 4 * 1024;
    public const int Medium = 64 * 1024;
    public const int Large = 1024 * 1024;

    /// <summary>The longest that the service takes, less what the file says besides its pixels.</summary>
    public const int Huge = 5 * 1024 * 1024 - 16 * 1024;
}
