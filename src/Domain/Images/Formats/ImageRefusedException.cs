namespace GameImages.Domain.Images.Formats;

/// <summary>The reason why an upload is not stored.</summary>
public enum ImageRefusal
{
    TooManyBytes,
    UnsupportedFormat,
    Malformed,
    Blocked,
}

/// <summary>An upload is not an image that the service stores. The sender reads the message, which gives the reason.</summary>
/// <param name="offset">The byte of the upload where the fault begins, if it is known.</param>
public sealed class ImageRefusedException(ImageRefusal refusal, string message, int? offset = null) : Exception(message)
{
    public ImageRefusal Refusal { get; } = refusal;
    public int? Offset { get; } = offset;

    public static ImageRefusedException TooManyBytes(ImageLimits limits) =>
        new(ImageRefusal.TooManyBytes, $"An image has at most {limits.MaxBytes} bytes.");

    public static ImageRefusedException TooManyCleanBytes(long most) =>
        new(ImageRefusal.TooManyBytes, $"Without the data that browsers ignore, the image would have more than {most} bytes.");

    /// <summary>The message does not say why the operators blocked the image. Only they know the reason.</summary>
    public static ImageRefusedException Blocked() =>
        new(ImageRefusal.Blocked, "The operators of this service have blocked this image.");

    /// <param name="reason">A sentence without its full stop.</param>
    public static ImageRefusedException Malformed(string reason, int offset) =>
        new(ImageRefusal.Malformed, $"{reason} (byte {offset}).", offset);
}
