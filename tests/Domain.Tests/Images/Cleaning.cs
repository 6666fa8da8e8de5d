using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Tests.Images;

/// <summary>What the tests of all formats say about an upload.</summary>
internal static class Cleaning
{
    public static ImageContent Read(byte[] upload, ImageLimits? limits = null) => ImageContent.Read(upload, limits ?? new());

    public static byte[] Clean(byte[] upload) => Read(upload).Bytes.ToArray();

    /// <summary>As malformed, with a reason and a place within the upload.</summary>
    public static ImageRefusedException Refusal(byte[] upload, ImageLimits? limits = null)
    {
        var refusal = Assert.Throws<ImageRefusedException>(() => Read(upload, limits))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Refusal, Is.EqualTo(ImageRefusal.Malformed));
            Assert.That(refusal.Offset, Is.InRange(0, upload.Length));
            Assert.That(refusal.Message, Does.Contain($"(byte {refusal.Offset})"));
        }

        return refusal;
    }
}
