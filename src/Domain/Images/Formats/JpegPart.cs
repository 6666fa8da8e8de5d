namespace GameImages.Domain.Images.Formats;

/// <summary>A part of the cleaned file.</summary>
internal abstract class JpegPart
{
    /// <summary>The bits of the part that the sender chose freely, and that do not change how the image looks.</summary>
    public virtual int SpareBits => 0;

    /// <param name="file">The upload.</param>
    /// <param name="replaceSpare">Whether to write the spare bits with the values that encoders usually give them.</param>
    public abstract void Write(ReadOnlySpan<byte> file, CleanCopy output, bool replaceSpare);
}

/// <summary>Bytes of the upload.</summary>
internal sealed class JpegRange(Range range) : JpegPart
{
    public override void Write(ReadOnlySpan<byte> file, CleanCopy output, bool replaceSpare) => output.Append(file[range]);
}

/// <summary>Bytes that are not in the upload, or are elsewhere in it.</summary>
internal sealed class JpegBytes(byte[] bytes) : JpegPart
{
    public override void Write(ReadOnlySpan<byte> file, CleanCopy output, bool replaceSpare) => output.Append(bytes);
}
