using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Domain.Tests.Images;

/// <summary>RFC 9649 section 3: the end of lossless data is known, and its codes are checked.</summary>
public sealed class WebPLosslessTests
{
    private static IEnumerable<TestCaseData<byte[]>> Images()
    {
        yield return new(Image(8, 4, Start().WriteGroup(3, 7).Write(-1, 32))) { TestName = "{m}(two colors)" };
        yield return new(Image(8, 4, Start().WriteCode(9).WriteCode(1).WriteCode(2).WriteCode(3).WriteCode(0)))
        {
            TestName = "{m}(one color without bits)",
        };
        yield return new(Image(8, 4, Groups().WriteGroup(3, 7).WriteGroup(4, 8).Write(-1, 32))) { TestName = "{m}(two groups)" };
        yield return new(Image(8, 4, Predicted().WriteGroup(3, 7).Write(-1, 32))) { TestName = "{m}(predictor)" };
        yield return new(Image(8, 4, Palette().WriteGroup(0, 1).Write(-1, 4))) { TestName = "{m}(palette, 8 pixels share one)" };

        // One literal, and then a copy of 31 pixels: 25 and 6 more in 3 bits, from a distance of one pixel to the left.
        var copy = Start().WriteLengths((3, 1), (256 + 9, 1)).WriteCode(0).WriteCode(0).WriteCode(255).WriteCode(1);
        yield return new(Image(8, 4, copy.Write(0b10, 2).Write(6, 3))) { TestName = "{m}(a copy)" };
    }

    [TestCaseSource(nameof(Images))]
    public void Bytes_after_the_last_code_are_removed(byte[] data)
    {
        var image = Of(Chunk("VP8L", data));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(image), Is.EqualTo(image));
            Assert.That(Clean(Of(Chunk("VP8L", [.. data, .. "secret"u8]))), Is.EqualTo(image));
        }
    }

    [TestCaseSource(nameof(Images))]
    public void Data_that_ends_too_early_is_refused(byte[] data)
    {
        // An odd number of bytes would be followed by a byte of padding, which libwebp reads too.
        var length = (data.Length - 1) & ~1;
        Assert.That(Refusal(Of(Chunk("VP8L", data[..length]), Chunk("XMP ", [1]))).Message, Does.Contain("too early"));
    }

    [Test]
    public void Unused_bits_of_the_last_byte_become_zero()
    {
        var data = Image(3, 1, Start().WriteGroup(3, 7).Write(0, 3));
        byte[] dirty = [.. data[..^1], (byte)(data[^1] | 0x80)];
        Assert.That(Clean(Of(Chunk("VP8L", dirty))), Is.EqualTo(Of(Chunk("VP8L", data))));
    }

    // Chromium shows no file of fewer than 30 bytes.
    [Test]
    public void A_file_is_not_cut_to_fewer_than_30_bytes() =>
        Assert.That(
            Clean(Of(Chunk("VP8L", [.. LosslessContent(2, 2), .. "secret"u8]))),
            Is.EqualTo(Of(Chunk("VP8L", [.. LosslessContent(2, 2), 0, 0]))));

    private static IEnumerable<TestCaseData<WebPBits>> BrokenData()
    {
        yield return new(Start().WriteLengths((3, 2), (4, 2))) { TestName = "{m}(incomplete code)" };
        yield return new(Start().WriteLengths((3, 1), (4, 1), (5, 1))) { TestName = "{m}(too many codes)" };
        yield return new(Start().WriteLengths()) { TestName = "{m}(code without a symbol)" };
        yield return new(new WebPBits().Write(0b101, 3).Write(0b101, 3)) { TestName = "{m}(transform twice)" };
        yield return new(new WebPBits().Write(0, 1).Write(1, 1).Write(0, 4)) { TestName = "{m}(color cache of 0 bits)" };
        yield return new(new WebPBits().Write(0, 1).Write(1, 1).Write(12, 4)) { TestName = "{m}(color cache of 12 bits)" };

        var copy = Start().WriteLengths((3, 1), (256, 1)).WriteCode(0).WriteCode(0).WriteCode(255).WriteCode(1);
        yield return new(copy.Write(0b1, 1)) { TestName = "{m}(copy from before the image)" };

        var far = Start().WriteLengths((3, 1), (256 + 14, 1)).WriteCode(0).WriteCode(0).WriteCode(255).WriteCode(1);
        yield return new(far.Write(0b10, 2).Write(0, 6)) { TestName = "{m}(copy to after the image)" };
    }

    [TestCaseSource(nameof(BrokenData))]
    public void Broken_data_is_refused(WebPBits bits) => Refusal(Of(Chunk("VP8L", [.. Image(8, 4, bits), .. new byte[20]])));

    // All 65,536 groups that can exist are used. Each has tables of 4 x 256 entries. No encoder writes so many.
    [Test]
    public void Codes_that_need_too_much_memory_are_refused()
    {
        var bits = new WebPBits().Write(0, 2).Write(1, 1).Write(0, 3);
        bits.Write(0, 1).WriteFlat(8).WriteFlat(8).WriteCode(0).WriteCode(0).WriteCode(0);

        for (var group = 0; group < 65_536; group++)
            bits.Write(group, 16);
        for (var i = 0; i < 4200; i++)
            bits.WriteFlat(8).WriteFlat(8).WriteFlat(8).WriteFlat(8).WriteCode(0);

        Assert.That(Refusal(Of(Chunk("VP8L", Image(1024, 1024, bits)))).Message, Does.Contain("memory"));
    }

    private static WebPBits Start() => new WebPBits().Write(0, 3);

    private static byte[] Image(int width, int height, WebPBits bits) =>
        [0x2F, .. LittleEndian((uint)((width - 1) | (height - 1) << 14)), .. bits.Bytes];

    // The entropy image has a block of 4 x 4 pixels with group 0, and one with group 1.
    private static WebPBits Groups() => new WebPBits()
        .Write(0, 2).Write(1, 1).Write(0, 3)
        .Write(0, 1).WriteCode(0, 1).WriteCode(0).WriteCode(0).WriteCode(0).WriteCode(0).Write(0b10, 2);

    private static WebPBits Predicted() => new WebPBits()
        .Write(1, 1).Write(0, 2).Write(0, 3)
        .Write(0, 1).WriteGroup(5, 6).Write(0b10, 2)
        .Write(0, 3);

    private static WebPBits Palette() => new WebPBits()
        .Write(1, 1).Write(3, 2).Write(1, 8)
        .Write(0, 1).WriteGroup(5, 6).Write(0b10, 2)
        .Write(0, 3);
}
