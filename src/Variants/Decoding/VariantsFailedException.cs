namespace GameImages.Variants.Decoding;

/// <summary>An image gets no variants. The message is the reason, for operators.</summary>
internal sealed class VariantsFailedException(string reason) : Exception(reason);

/// <summary>This machine cannot decode images: the child does not start, or libvips does not load. It says nothing about the image.</summary>
internal sealed class DecoderMissingException(string reason) : Exception(reason);

/// <summary>The child was asked to end, for example because the whole service stops. It says nothing about the image.</summary>
internal sealed class DecoderInterruptedException(string reason) : Exception(reason);
