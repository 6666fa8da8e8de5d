namespace GameImages.Domain.Images.Formats;

/// <summary>Why an upload is not kept.</summary>
public enum ImageRefusal
{
    TooManyBytes,
    UnsupportedFormat,
    Malformed,
    Blocked,
}

/// <summary>An upload is not a picture that may be kept; the message tells its sender why, and where when that is known.</summary>
/// <param name="offset">Where in the upload the fault begins, in bytes.</param>
public sealed class ImageRefusedException(ImageRefusal refusal, string message, int? offset = null) : Exception(message)
{
    public ImageRefusal Refusal { get; } = refusal;
    public int? Offset { get; } = offset;

    public static ImageRefusedException TooManyBytes(ImageLimits limits) =>
        new(ImageRefusal.TooManyBytes, $"An image has at most {limits.MaxBytes} bytes.");

    /// <summary>Why it is blocked stays with the operators.</summary>
    public static ImageRefusedException Blocked() =>
        new(ImageRefusal.Blocked, "The operators of this service have blocked this picture.");

    /// <param name="reason">A sentence without its full stop.</param>
    public static ImageRefusedException Malformed(string reason, int offset) =>
        new(ImageRefusal.Malformed, $"{reason} (byte {offset}).", offset);
}
