namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a section 23: how long a frame is shown, what happens to it then, and which color is not drawn.</summary>
internal static class GifControl
{
    private const int IsTransparent = 1;
    private const int DisposalAt = 2;
    private const int RestorePrevious = 3;

    /// <returns>The color that is not drawn, or -1.</returns>
    public static int TransparentColor(byte[]? control) =>
        control is not null && (control[0] & IsTransparent) != 0 ? control[3] : -1;

    /// <summary>The extension without the bits that decoders ignore, or as it is if the slack allows them.</summary>
    public static byte[] Write(byte[] control, GifSlack slack)
    {
        var clean = Clean(control);
        var differences = control.Zip(clean, (one, other) => one != other).Count(differs => differs);
        return ToExtension(slack.Allows(differences) ? control : clean);
    }

    /// <summary>The extension of a frame that shows nothing, with the same duration.</summary>
    public static byte[] WriteTransparent(byte[]? control) => ToExtension([IsTransparent, control?[1] ?? 0, control?[2] ?? 0, 0]);

    private static byte[] ToExtension(byte[] control) =>
        [GifExtension.Introducer, GifExtension.GraphicControl, (byte)control.Length, .. control, 0];

    // Some encoders write 4 for 3. The values above have no meaning, and neither have the bits 5 to 7.
    private static byte[] Clean(byte[] control)
    {
        var transparent = control[0] & IsTransparent;
        var disposal = control[0] >> DisposalAt & 7;

        if (disposal > RestorePrevious)
            disposal = disposal == RestorePrevious + 1 ? RestorePrevious : 0;

        return [(byte)(transparent | disposal << DisposalAt), control[1], control[2], transparent == 0 ? (byte)0 : control[3]];
    }
}
