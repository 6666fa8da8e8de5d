using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Tests.Images;

/// <summary>Reads uploads for the tests of all formats.</summary>
internal static class Cleaning
{
    public static ImageContent Read(byte[] upload, ImageLimits? limits = null) => ImageContent.Read(upload, limits ?? new());

    /// <summary>Checks the facts that the bytes of an image state.</summary>
    public static void AssertFacts(ImageContent content, ImageFormat format, int width, int height, int frames)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.Format, Is.SameAs(format));
            Assert.That(content.Size, Is.EqualTo(new ImageSize(width, height)));
            Assert.That(content.Frames, Is.EqualTo(frames));
        }
    }

    public static byte[] Clean(byte[] upload) => Read(upload).Bytes.ToArray();

    /// <summary>Checks that the upload is refused as malformed, with a message that states the position of the fault.</summary>
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
