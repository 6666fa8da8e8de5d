namespace GameImages.Attacks.Uploading;

/// <summary>One way in which connections occupy the memory for uploads.</summary>
/// <param name="Users">The number of users who share the connections.</param>
/// <param name="BytesAtOnce">The bytes that each connection sends as fast as it can.</param>
/// <param name="BytesPerSecond">The rate at which all connections together send after these bytes.</param>
/// <param name="MaxMilliseconds">The time within which 99 of 100 uploads of other members have to end.</param>
internal sealed record UploadCase(
    string Name,
    TimeSpan Duration,
    int Connections = 0,
    int Users = 1,
    bool IsChunked = false,
    int BytesAtOnce = 0,
    int BytesPerSecond = 95 * 1024,
    int MaxMilliseconds = 2000)
{
    /// <summary>The bytes that a connection sends in one piece.</summary>
    public const int Piece = 16 * 1024;
}
