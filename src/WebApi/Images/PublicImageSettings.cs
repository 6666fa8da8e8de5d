using System.Globalization;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Images;

/// <summary>The settings below PublicImages.</summary>
/// <param name="CacheBytes">How much of the pictures stays in memory; 0 for nothing.</param>
internal sealed record PublicImageSettings(RateLimit[] RateLimits, long CacheBytes)
{
    private static readonly RateLimit[] DefaultLimits = [new(60, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromMinutes(5))];

    private const int MaxCacheMegabytes = 1024 * 1024;

    /// <exception cref="InvalidSettingException">One of them is nonsense.</exception>
    public static PublicImageSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("PublicImages");
        section.AllowOnly("RateLimits", "CacheMegabytes");

        var megabytes = section.Read(
            "CacheMegabytes", "64",
            text => int.TryParse(text, NumberStyles.None, null, out var number) && number <= MaxCacheMegabytes ? number : (int?)null,
            $"a whole number from 0 to {MaxCacheMegabytes}");
        return new(RateLimit.Read(section.GetSection("RateLimits"), DefaultLimits), megabytes * 1024L * 1024);
    }
}
