namespace GameImages.Domain.Images.Formats;

/// <summary>Walks over the entropy-coded data of a scan.</summary>
internal interface IJpegScanData
{
    /// <summary>Walks over the next units of the scan. A unit is what T.81 calls an MCU.</summary>
    /// <exception cref="ImageRefusedException">The data ends too early, or has a code that does not exist.</exception>
    void Walk(ref JpegBits bits, int units);
}
