using System.Text;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Domain.Tests.Images;

/// <summary>Each place in a WebP file where bytes can be that no decoder needs.</summary>
public sealed class WebPHiddenBytesTests
{
    private const string Secret = "position 48.2082, 16.3738, and more";

    private static readonly byte[] Payload = Encoding.ASCII.GetBytes(Secret);
    private static readonly byte[] Profile = Chunk("ICCP", ColorProfile.Of());
    private static readonly byte[] Content = Lossy[8..];
    private static readonly byte[] LosslessAlpha = [1, .. new WebPBits().Write(0, 3).WriteGroup(3, 7).Write(0, 4).Bytes];

    private static IEnumerable<TestCaseData<byte[]>> Places()
    {
        yield return Place("behind the file", [.. Plain, .. Payload]);
        yield return Place("a chunk after a simple image", Of(Lossy, Chunk("note", Payload)));
        yield return Place("a second image", Of(Lossy, Chunk("VP8 ", [.. Content, .. Payload])));
        yield return Place("lossy data", Of(Chunk("VP8 ", [.. Content, .. Payload])));
        yield return Place("lossless data", Of(Chunk("VP8L", [.. LosslessContent(2, 2), .. Payload])));
        yield return Place("an alpha channel", Still(AlphaFlag, Chunk("ALPH", [.. Alpha[8..13], .. Payload]), Lossy));
        yield return Place("a compressed alpha channel", Still(AlphaFlag, Chunk("ALPH", [.. LosslessAlpha, .. Payload]), Lossy));
        yield return Place("an alpha channel that is not announced", Still(0, Chunk("ALPH", [.. Alpha[8..13], .. Payload]), Lossy));
        yield return Place("a longer header", Of(Chunk("VP8X", [.. Extended(ExifFlag)[8..], .. Payload]), Lossy, Rotated()));
        yield return Place("an unknown chunk", Still(0, Chunk("note", Payload), Lossy));
        yield return Place("an unknown chunk at the end", Still(0, Lossy, Chunk("note", Payload)));
        yield return Place("XMP", Still(XmpFlag, Lossy, Chunk("XMP ", Payload)));
        yield return Place("EXIF", Still(ExifFlag, Lossy, Rotated(Payload)));
        yield return Place("a broken profile", Still(ProfileFlag, Chunk("ICCP", Payload), Lossy));
        yield return Place("bytes after a profile", Still(ProfileFlag, Chunk("ICCP", [.. Profile[8..], .. Payload]), Lossy));
        yield return Place("a profile that is not announced", Still(0, Chunk("ICCP", ColorProfile.Of(Secret)), Lossy));
        yield return Place("a second profile", Still(ProfileFlag, Profile, Lossy, Chunk("ICCP", ColorProfile.Of(Secret))));
        yield return Place("ANIM", Animated(Chunk("ANIM", [.. Animation[8..], .. Payload]), Frame(Lossy)));
        yield return Place("a second ANIM", Animated(Animation, Chunk("ANIM", Payload), Frame(Lossy)));
        yield return Place("the data of a frame", Animated(Animation, Frame(Chunk("VP8L", [.. LosslessContent(2, 2), .. Payload]))));
        yield return Place("a chunk in a frame", Animated(Animation, Frame([.. Lossy, .. Chunk("note", Payload)])));
        yield return Place("a frame without an image", Animated(Animation, Frame(Chunk("note", Payload)), Frame(Lossy)));
        yield return Place("an unknown chunk between frames", Animated(Animation, Frame(Lossy), Chunk("note", Payload), Frame(Lossy)));
        yield return Place("a frame of a still image", Still(0, Lossy, Animation, Frame([.. Lossy, .. Chunk("note", Payload)])));
    }

    [TestCaseSource(nameof(Places))]
    public void Hidden_bytes_are_removed(byte[] image)
    {
        Assert.That(Encoding.Latin1.GetString(image), Does.Contain(Secret), "the test hides nothing");
        Assert.That(Encoding.Latin1.GetString(Clean(image)), Does.Not.Contain(Secret));
    }

    [Test]
    public void Reserved_bits_become_zero()
    {
        byte[] header = [.. Extended(AnimationFlag)];
        byte[] dirty = [.. header[..9], 1, 2, 3, .. header[12..]];
        var frame = Frame(Lossy);
        byte[] dirtyFrame = [.. frame[..23], 0xFF, .. frame[24..]];
        byte[] cleanFrame = [.. frame[..23], 3, .. frame[24..]];
        byte[] dirtyAlpha = [.. Alpha[..8], 0x40, .. Alpha[9..]];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Of(dirty, Animation, dirtyFrame)), Is.EqualTo(Of(header, Animation, cleanFrame)));
            Assert.That(Clean(Still(AlphaFlag, dirtyAlpha, Lossy)), Is.EqualTo(Still(AlphaFlag, Alpha, Lossy)));
        }
    }

    private static TestCaseData<byte[]> Place(string name, byte[] image) => new(image) { TestName = $"{{m}}({name})" };

    private static byte[] Still(byte flags, params byte[][] chunks) => Of([Extended(flags), .. chunks]);

    private static byte[] Animated(params byte[][] chunks) => Of([Extended(AnimationFlag), .. chunks]);

    private static byte[] Rotated(params byte[] rest) =>
        Chunk("EXIF", [.. Convert.FromHexString("4D4D002A00000008000101120003000000010006000000000000"), .. rest]);
}
