using GameImages.Hosting;
using GameImages.Infrastructure.Settings;
using GameImages.WebApi.RateLimits;

namespace GameImages.WebApi.Users;

/// <summary>The settings below Users, which limit how much of the service one user may use.</summary>
/// <param name="TrustedRateLimits">
/// The limits of programs that act for many users. Their tokens have the claim may_host_for_others.
/// </param>
/// <param name="SearchRateLimits">The limits of searches, in addition to those of all requests. A trusted client has none.</param>
/// <param name="UploadRateLimits">The limits of uploads, in addition to those of all requests. A trusted client has none.</param>
/// <param name="Lists">The number of lists without a text that one user may run at once.</param>
/// <param name="Searches">The number of lists with a text that one user may run at once.</param>
internal sealed record UserSettings(
    RateLimit[] RateLimits,
    RateLimit[] TrustedRateLimits,
    RateLimit[] SearchRateLimits,
    RateLimit[] UploadRateLimits,
    int Lists,
    int Searches)
{
    private const int MostAtOnce = 1000;

    // A page of the web app sends a few requests, and a user who types sends three searches a second. The short window spreads the load.
    private static readonly RateLimit[] DefaultLimits = [new(600, TimeSpan.FromMinutes(1)), new(150, TimeSpan.FromSeconds(10))];
    private static readonly RateLimit[] DefaultTrustedLimits = [new(6000, TimeSpan.FromMinutes(1))];

    // A search of 200 guilds costs the database more than ten times as much as another request.
    private static readonly RateLimit[] DefaultSearchLimits = [new(120, TimeSpan.FromMinutes(1)), new(40, TimeSpan.FromSeconds(10))];

    // A member who plans games chooses pictures one by one.
    private static readonly RateLimit[] DefaultUploadLimits = [new(60, TimeSpan.FromMinutes(1))];

    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static UserSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Users");
        section.AllowOnly("RateLimits", "TrustedRateLimits", "SearchRateLimits", "UploadRateLimits", "Lists", "Searches");

        return new(
            RateLimit.Read(section.GetSection("RateLimits"), DefaultLimits),
            RateLimit.Read(section.GetSection("TrustedRateLimits"), DefaultTrustedLimits),
            RateLimit.Read(section.GetSection("SearchRateLimits"), DefaultSearchLimits),
            RateLimit.Read(section.GetSection("UploadRateLimits"), DefaultUploadLimits),
            section.ReadNumber("Lists", 4, 1, MostAtOnce),
            section.ReadNumber("Searches", 2, 1, MostAtOnce));
    }
}
