namespace GameImages.Variants.Decoding;

/// <summary>An image gets no variants. The message is the reason, for operators.</summary>
internal sealed class VariantsFailedException(string reason) : Exception(reason);

/// <summary>libvips does not load on this machine, which says nothing about the image.</summary>
internal sealed class DecoderMissingException(string reason) : Exception(reason);

/// <summary>The child did not start, or was asked to end, for example because the service stops. The image is not the reason.</summary>
/// <param name="hasStarted">Whether the child was ready to read the image.</param>
internal sealed class DecoderStoppedException(string reason, bool hasStarted) : Exception(reason)
{
    public bool HasStarted => hasStarted;
}
