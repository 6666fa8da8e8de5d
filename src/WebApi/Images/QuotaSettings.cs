using GameImages.Application;
using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Images;

/// <summary>Reads the settings below Quotas.</summary>
internal static class QuotaSettings
{
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(365);

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
            UploadLifetime = section.Read(
                "UploadLifetime", $"{defaults.UploadLifetime}",
                text => TimeSpan.TryParse(text, null, out var time) && time > TimeSpan.Zero && time <= MaxLifetime ? time : (TimeSpan?)null,
                "a time such as 24:00:00, up to 365 days"),
        };

        int Limit(string name, int fallback) => section.ReadNumber(name, fallback, 0, int.MaxValue);
    }
}
