namespace GameImages.Domain.Images;

/// <summary>Why an upload is not kept.</summary>
public enum ImageRefusal
{
    TooManyBytes,
    UnsupportedFormat,
    Malformed,
}

/// <summary>An upload is not a picture that may be kept; the message tells its sender why.</summary>
public sealed class ImageRefusedException(ImageRefusal refusal, string message) : Exception(message)
{
    public ImageRefusal Refusal { get; } = refusal;

    public static ImageRefusedException TooManyBytes(ImageLimits limits) =>
        new(ImageRefusal.TooManyBytes, $"An image has at most {limits.MaxBytes} bytes.");
}
