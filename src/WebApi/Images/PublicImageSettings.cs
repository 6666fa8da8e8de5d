using GameImages.Hosting;
using GameImages.Infrastructure.Settings;
using GameImages.WebApi.RateLimits;

namespace GameImages.WebApi.Images;

/// <summary>The settings below PublicImages.</summary>
/// <param name="RateLimits">The limits of one address.</param>
/// <param name="MemberRateLimits">The limits of one member, which apply after those of the address; none if members get no more.</param>
/// <param name="CacheBytes">The number of bytes of images that stay in memory; 0 for none.</param>
internal sealed record PublicImageSettings(RateLimit[] RateLimits, RateLimit[] MemberRateLimits, long CacheBytes)
{
    private const int DefaultMemberFactor = 4;
    private const int MaxMemberFactor = 1000;
    private const int MaxCacheMegabytes = 1024 * 1024;

    private static readonly RateLimit[] DefaultLimits = [new(60, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromMinutes(5))];

    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static PublicImageSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("PublicImages");
        section.AllowOnly("RateLimits", "CacheMegabytes", "MemberFactor");
        var megabytes = section.ReadNumber("CacheMegabytes", 64, 0, MaxCacheMegabytes);
        var factor = section.ReadNumber("MemberFactor", DefaultMemberFactor, 0, MaxMemberFactor);
        var limits = RateLimit.Read(section.GetSection("RateLimits"), DefaultLimits);
        return new(limits, factor == 0 ? [] : [.. limits.Select(limit => limit.Times(factor))], megabytes * 1024L * 1024);
    }
}
