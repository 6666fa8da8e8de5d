namespace GameImages.Attacks.Uploading;

/// <summary>One way in which connections hold memory for uploads.</summary>
/// <param name="Users">The number of users who share the connections.</param>
/// <param name="BytesAtOnce">The bytes that each connection sends as fast as it can.</param>
/// <param name="BytesPerSecond">The rate at which all connections together send after that.</param>
/// <param name="MaxMilliseconds">The longest time that 99 of 100 uploads of others may take.</param>
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
    public const int Piece = 16 * 1024;
}
