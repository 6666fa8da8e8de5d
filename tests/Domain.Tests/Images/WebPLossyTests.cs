using System.Text;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.LossyWebP;
using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Domain.Tests.Images;

/// <summary>RFC 6386 section 9: the end of each partition of a lossy image is known.</summary>
public sealed class WebPLossyTests
{
    private const int HeaderLength = 10;
    private static readonly byte[] Payload = [.. "a payload that nobody sees"u8];

    // 2 x 2 pixels, with tokens in one partition.
    private static readonly byte[] Content = Lossy[8..];
    private static readonly int FirstLength = (Content[0] | Content[1] << 8 | Content[2] << 16) >> 5;

    [Test]
    public void Bytes_after_the_last_token_are_removed()
    {
        var clean = Clean(Of(Chunk("VP8 ", [.. Content, .. Payload])));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.Latin1.GetString(clean), Does.Not.Contain("payload"));
            Assert.That(clean, Has.Length.LessThanOrEqualTo(Plain.Length));
            Assert.That(Clean(clean), Is.EqualTo(clean));
        }
    }

    [Test]
    public void Bytes_after_the_modes_are_removed()
    {
        var first = Content[HeaderLength..(HeaderLength + FirstLength)];
        var image = Of(Chunk("VP8 ", TwoByTwo([.. first, .. Payload], Content[(HeaderLength + FirstLength)..])));
        var clean = Clean(image);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.Latin1.GetString(clean), Does.Not.Contain("payload"));
            Assert.That(Clean(clean), Is.EqualTo(clean));
            Assert.That(Read(clean).Size, Is.EqualTo(Read(Plain).Size));
        }
    }

    [Test]
    public void Bytes_after_the_tokens_of_each_partition_are_removed()
    {
        var image = Of(Chunk("VP8 ", Skipped(partitions: 4, [5, .. Payload], [6], [7, .. Payload], [8, .. Payload])));
        var clean = Clean(image);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.Latin1.GetString(clean), Does.Not.Contain("payload"));
            Assert.That(clean, Is.EqualTo(Of(Chunk("VP8 ", Skipped(partitions: 4, [0], [0], [0], [0])))));
            Assert.That(Clean(clean), Is.EqualTo(clean));
        }
    }

    [Test]
    public void Bytes_that_encoders_write_after_the_last_token_are_kept()
    {
        var image = Of(Chunk("VP8 ", Skipped(partitions: 1, [0, 0, 0, 0, 0])));
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    [Test]
    public void Bits_after_the_last_token_become_zero()
    {
        var image = Of(Chunk("VP8 ", Skipped(partitions: 1, [0xFF, 1, 0, 2, 0])));
        Assert.That(Clean(image), Is.EqualTo(Of(Chunk("VP8 ", Skipped(partitions: 1, [0, 0, 0, 0, 0])))));
    }

    [Test]
    public void Bits_after_the_last_mode_become_zero()
    {
        var image = Skipped(partitions: 1, [0]);
        var length = (image[0] | image[1] << 8) >> 5;
        var first = image[HeaderLength..(HeaderLength + length)];
        first[^1] |= 1;
        var dirty = Frame(first, 16, 64, [0]);

        Assert.That(Clean(Of(Chunk("VP8 ", dirty))), Is.EqualTo(Of(Chunk("VP8 ", image))));
    }

    [Test]
    public void Many_changed_probabilities_that_no_token_needs_are_refused()
    {
        var accepted = Of(Chunk("VP8 ", Skipped(partitions: 1, changed: 32, [0])));
        var refused = Of(Chunk("VP8 ", Skipped(partitions: 1, changed: 33, [0])));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(accepted), Is.EqualTo(accepted));
            Assert.That(Refusal(refused).Message, Does.Contain("probabilities"));
        }
    }

    private static IEnumerable<TestCaseData<byte[]>> TruncatedImages()
    {
        yield return new(Content[..(HeaderLength + FirstLength)]) { TestName = "{m}(no tokens)" };
        yield return new(Content[..(HeaderLength + FirstLength + 4)]) { TestName = "{m}(4 bytes of tokens)" };
        yield return new(TwoByTwo(Content[HeaderLength..(HeaderLength + 6)], Content[(HeaderLength + FirstLength)..]))
        {
            TestName = "{m}(6 bytes of modes)",
        };
        yield return new(Skipped(partitions: 2, [], [1])) { TestName = "{m}(empty partition)" };
        yield return new(Skipped(partitions: 2, [1], [])) { TestName = "{m}(empty last partition)" };
        yield return new(Skipped(partitions: 8)[..^1]) { TestName = "{m}(incomplete lengths of partitions)" };
    }

    [TestCaseSource(nameof(TruncatedImages))]
    public void A_partition_that_ends_too_early_is_refused(byte[] content) => Refusal(Of(Chunk("VP8 ", content), Chunk("XMP ", [])));

    // A key frame of 2 x 2 pixels.
    private static byte[] TwoByTwo(byte[] first, byte[] rest) => Frame(first, 2, 2, rest);
}
