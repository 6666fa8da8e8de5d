namespace GameImages.Attacks.Uploading;

/// <summary>One way in which connections occupy the memory for uploads.</summary>
/// <param name="Users">The number of users who share the connections.</param>
/// <param name="IsRaw">Whether a body is one image. If not, it is a form with two images.</param>
/// <param name="BytesAtOnce">The bytes that each connection sends as fast as it can.</param>
/// <param name="BytesPerSecond">The rate at which all connections together send after these bytes.</param>
/// <param name="ImageBytes">The approximate length of an image.</param>
/// <param name="IsComplete">Whether a connection sends the last byte. If not, it stops before that byte.</param>
/// <param name="MaxMilliseconds">The time within which 99 of 100 uploads of other members have to end.</param>
internal sealed record UploadCase(
    string Name,
    TimeSpan Duration,
    int Connections = 0,
    int Users = 1,
    bool IsRaw = false,
    bool IsChunked = false,
    int BytesAtOnce = 0,
    int BytesPerSecond = 95 * 1024,
    int ImageBytes = 5_200_000,
    bool IsComplete = false,
    int MaxMilliseconds = 2000)
{
    /// <summary>All bytes that a connection sends.</summary>
    public const int All = int.MaxValue;
}
