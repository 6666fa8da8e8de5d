namespace GameImages.Variants.Decoding;

/// <summary>An image gets no variants. The message is the reason, for operators.</summary>
internal sealed class VariantsFailedException(string reason) : Exception(reason);

/// <summary>libvips does not load on this machine, which says nothing about the image.</summary>
internal sealed class DecoderMissingException(string reason) : Exception(reason);
