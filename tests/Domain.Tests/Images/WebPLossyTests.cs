using System.Text;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
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

    // 16 x 64 pixels: four macroblocks in a column, without tokens.
    private static byte[] Skipped(int partitions, params byte[][] tokens) => Skipped(partitions, 0, tokens);

    // Changes the first probabilities of tokens.
    private static byte[] Skipped(int partitions, int changed, params byte[][] tokens)
    {
        var header = new BooleanEncoder()
            .WriteNumber(0, 2).Write(0).WriteNumber(0, 10).Write(0)
            .WriteNumber(int.Log2(partitions), 2)
            .WriteNumber(20, 7).WriteNumber(0, 5).Write(0);

        foreach (var (i, probability) in Updates().Index())
        {
            header.Write(i < changed ? 1 : 0, probability);

            if (i < changed)
                header.WriteNumber(200, 8);
        }

        header.Write(1).WriteNumber(128, 8);

        for (var macroblock = 0; macroblock < 4; macroblock++)
            header.Write(1, 128).Write(1, 145).Write(0, 156).Write(0, 163).Write(0, 142);

        var lengths = tokens.SkipLast(1).SelectMany(bytes => LittleEndian((uint)bytes.Length)[..3]);
        return Frame(header.Finish(), 16, 64, [.. lengths, .. tokens.SelectMany(bytes => bytes)]);
    }

    private static byte[] Frame(byte[] first, ushort width, ushort height, byte[] rest) =>
        [.. LittleEndian((uint)(first.Length << 5 | 0x10))[..3], 0x9D, 0x01, 0x2A, (byte)width, 0, (byte)height, 0, .. first, .. rest];

    // RFC 6386 section 13.4: the probabilities of an update. Each run is a probability and how often it comes.
    private static IEnumerable<byte> Updates()
    {
        byte[] runs =
        [
            255, 33, 176, 1, 246, 1, 255, 9, 223, 1, 241, 1, 252, 1, 255, 8, 249, 1, 253, 2, 255, 9, 244, 1, 252, 1, 255, 8,
            234, 1, 254, 2, 255, 8, 253, 1, 255, 11, 246, 1, 254, 1, 255, 8, 239, 1, 253, 1, 254, 1, 255, 8, 254, 1, 255, 1,
            254, 1, 255, 9, 248, 1, 254, 1, 255, 8, 251, 1, 255, 1, 254, 1, 255, 20, 253, 1, 254, 1, 255, 8, 251, 1, 254, 2,
            255, 8, 254, 1, 255, 1, 254, 1, 255, 9, 254, 1, 253, 1, 255, 1, 254, 1, 255, 6, 250, 1, 255, 1, 254, 1, 255, 1,
            254, 1, 255, 6, 254, 1, 255, 43, 217, 1, 255, 10, 225, 1, 252, 1, 241, 1, 253, 1, 255, 2, 254, 1, 255, 4, 234, 1,
            250, 1, 241, 1, 250, 1, 253, 1, 255, 1, 253, 1, 254, 1, 255, 4, 254, 1, 255, 9, 223, 1, 254, 2, 255, 8, 238, 1,
            253, 1, 254, 2, 255, 8, 248, 1, 254, 1, 255, 8, 249, 1, 254, 1, 255, 21, 253, 1, 255, 9, 247, 1, 254, 1, 255, 21,
            253, 1, 254, 1, 255, 8, 252, 1, 255, 22, 254, 2, 255, 8, 253, 1, 255, 22, 254, 1, 253, 1, 255, 8, 250, 1, 255, 10,
            254, 1, 255, 43, 186, 1, 251, 1, 250, 1, 255, 8, 234, 1, 251, 1, 244, 1, 254, 1, 255, 7, 251, 2, 243, 1, 253, 1,
            254, 1, 255, 1, 254, 1, 255, 5, 253, 1, 254, 1, 255, 8, 236, 1, 253, 1, 254, 1, 255, 8, 251, 1, 253, 2, 254, 2,
            255, 7, 254, 2, 255, 8, 254, 3, 255, 20, 254, 1, 255, 9, 254, 2, 255, 9, 254, 1, 255, 21, 254, 1, 255, 120, 248, 1,
            255, 10, 250, 1, 254, 1, 252, 1, 254, 1, 255, 7, 248, 1, 254, 1, 249, 1, 253, 1, 255, 8, 253, 2, 255, 8, 246, 1,
            253, 2, 255, 8, 252, 1, 254, 1, 251, 1, 254, 2, 255, 7, 254, 1, 252, 1, 255, 8, 248, 1, 254, 1, 253, 1, 255, 8,
            253, 1, 255, 1, 254, 2, 255, 8, 251, 1, 254, 1, 255, 8, 245, 1, 251, 1, 254, 1, 255, 8, 253, 2, 254, 1, 255, 9,
            251, 1, 253, 1, 255, 8, 252, 1, 253, 1, 254, 1, 255, 9, 254, 1, 255, 10, 252, 1, 255, 9, 249, 1, 255, 1, 254, 1,
            255, 10, 254, 1, 255, 10, 253, 1, 255, 8, 250, 1, 255, 32, 254, 1, 255, 21,
        ];
        return runs.Chunk(2).SelectMany(run => Enumerable.Repeat(run[0], run[1]));
    }
}
