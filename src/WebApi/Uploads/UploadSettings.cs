namespace GameImages.WebApi.Uploads;

/// <summary>The memory for uploads, and the share of it that one user may hold.</summary>
/// <param name="TrustedPercent">The share of a client that uploads for many users.</param>
public sealed record UploadSettings(int Mebibytes = 256, int UserPercent = 25, int TrustedPercent = 75)
{
    public const int MaxMebibytes = 1024 * 1024;
}
