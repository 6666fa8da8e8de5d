using GameImages.Hosting;
using GameImages.Infrastructure.Settings;
using GameImages.WebApi.RateLimits;

namespace GameImages.WebApi.Images;

/// <summary>The settings below PublicImages.</summary>
/// <param name="CacheBytes">The number of bytes of images that stay in memory; 0 for none.</param>
internal sealed record PublicImageSettings(RateLimit[] RateLimits, long CacheBytes)
{
    private const int MaxCacheMegabytes = 1024 * 1024;

    private static readonly RateLimit[] DefaultLimits = [new(60, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromMinutes(5))];

    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static PublicImageSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("PublicImages");
        section.AllowOnly("RateLimits", "CacheMegabytes");
        var megabytes = section.ReadNumber("CacheMegabytes", 64, 0, MaxCacheMegabytes);
        return new(RateLimit.Read(section.GetSection("RateLimits"), DefaultLimits), megabytes * 1024L * 1024);
    }
}
