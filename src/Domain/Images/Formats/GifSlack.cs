namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Counts the bytes of a file that no decoder shows and that encoders nevertheless fill: unused colors, reserved bits. A few of them are
/// kept, so that usual files stay as they are.
/// </summary>
internal sealed class GifSlack
{
    private const int MaxBytes = 256;

    private int bytes;

    /// <returns>True if these bytes may be kept, too.</returns>
    public bool Allows(int count)
    {
        if (bytes + count > MaxBytes)
            return false;

        bytes += count;
        return true;
    }
}
