using GameImages.Application;
using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Images;

/// <summary>Reads the settings below Quotas.</summary>
internal static class QuotaSettings
{
    // A member needs some time to choose an image and to fill in a form.
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static Quotas Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Quotas");
        section.AllowOnly("GuildMegabytes", "GuildImages", "GuildGames", "UnusedUploads", "UploadLifetime");
        var defaults = new Quotas();
        return new(
            (long)Limit("GuildMegabytes", (int)(defaults.GuildBytes >> 20)) << 20,
            Limit("GuildImages", defaults.GuildImages),
            Limit("GuildGames", defaults.GuildGames),
            Limit("UnusedUploads", defaults.UnusedUploads))
        {
            UploadLifetime = section.ReadTime("UploadLifetime", defaults.UploadLifetime, Shortest, Longest),
        };

        int Limit(string name, int fallback) => section.ReadNumber(name, fallback, 0, int.MaxValue);
    }
}
