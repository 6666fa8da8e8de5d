namespace GameImages.Variants.Decoding;

/// <summary>An image gets no variants. The message is the reason, for operators.</summary>
internal sealed class VariantsFailedException(string reason) : Exception(reason);

/// <summary>This machine cannot decode images: the child does not start, or libvips does not load. The image is not the reason.</summary>
internal sealed class DecoderMissingException(string reason) : Exception(reason);

/// <summary>The child was asked to end, for example because the whole service stops. The image is not the reason.</summary>
/// <param name="hasStarted">Whether the child was ready to read the image.</param>
internal sealed class DecoderInterruptedException(string reason, bool hasStarted) : Exception(reason)
{
    public bool HasStarted => hasStarted;
}
