using GameImages.Domain.Images.Formats;
using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Uploads;

/// <summary>The settings below Images.</summary>
internal sealed record ImageSettings(ImageLimits Limits, UploadSettings Uploads)
{
    // Two images have to fit into one array, and one image into one value of PostgreSQL, which is shorter than 1 GiB.
    private const int LongestImage = 512 * 1024 * 1024;

    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static ImageSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Images");
        section.AllowOnly("MaxBytes", "MaxSide", "MaxFrames", "MaxPixels", "UploadMegabytes", "UploadShare", "TrustedUploadShare");
        var limits = ReadLimits(section);
        return new(limits, ReadUploads(section, limits));
    }

    private static ImageLimits ReadLimits(IConfigurationSection section)
    {
        var defaults = new ImageLimits();
        return new(
            section.ReadNumber("MaxBytes", defaults.MaxBytes, 1, LongestImage),
            Positive("MaxSide", defaults.MaxSide),
            Positive("MaxFrames", defaults.MaxFrames),
            Positive("MaxPixels", (int)defaults.MaxPixels));

        int Positive(string name, int fallback) => section.ReadNumber(name, fallback, 1, int.MaxValue, "a positive whole number");
    }

    private static UploadSettings ReadUploads(IConfigurationSection section, ImageLimits limits)
    {
        var defaults = new UploadSettings();

        // The longest body has to fit into the memory.
        var least = 1 + (int)(GameBody.MaxMemory(limits) >> 20);
        var mebibytes = section.ReadNumber(
            "UploadMegabytes", defaults.Mebibytes, least, UploadSettings.MaxMebibytes,
            $"a whole number from {least}, for two images of Images:MaxBytes, to {UploadSettings.MaxMebibytes}");
        var userPercent = section.ReadNumber(
            "UploadShare", defaults.UserPercent, 1, 100, "a whole number of percent, from 1 to 100");
        var trustedPercent = section.ReadNumber(
            "TrustedUploadShare", Math.Max(defaults.TrustedPercent, userPercent), userPercent, 100,
            $"a whole number of percent, from Images:UploadShare ({userPercent}) to 100");
        return new(mebibytes, userPercent, trustedPercent);
    }
}
