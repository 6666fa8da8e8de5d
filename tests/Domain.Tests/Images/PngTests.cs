using GameImages.Domain.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallPng;

namespace GameImages.Domain.Tests.Images;

public sealed class PngTests
{
    private static readonly byte[] Upright = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Turned = Convert.FromHexString("4D4D002A00000008000101120003000000010006000000000000");

    [Test]
    public void The_header_states_the_size()
    {
        AssertFacts(Read(Plain), ImageFormat.Png, Width, Height, frames: 1);
    }

    [TestCase("tEXt")]
    [TestCase("zTXt")]
    [TestCase("iTXt")]
    [TestCase("tIME")]
    [TestCase("sPLT")]
    [TestCase("hIST")]
    [TestCase("dSIG")]
    [TestCase("eXIf")]
    [TestCase("caBX")]
    [TestCase("prVt")]
    public void Metadata_is_removed(string type)
    {
        var chunk = Chunk(type, [.. "Comment\0<script>alert(1)</script>"u8]);
        Assert.That(Clean(Of(Header, chunk, Data, chunk, End)), Is.EqualTo(Plain));
    }

    [TestCase("gAMA", "0000B18F")]
    [TestCase("cHRM", "00007A26000080840000FA00000080E8000075300000EA6000003A9800001770")]
    [TestCase("sRGB", "00")]
    [TestCase("cICP", "010D0001")]
    [TestCase("mDCV", "8A4839083A983A981D4C0BB83D1340420098968000000064")]
    [TestCase("cLLI", "0098968000000064")]
    [TestCase("sBIT", "080808")]
    [TestCase("tRNS", "000000000000")]
    [TestCase("bKGD", "000000000000")]
    [TestCase("pHYs", "00000B1300000B1301")]
    public void Chunks_that_change_the_look_are_kept_once_and_in_their_place(string type, string digits)
    {
        var content = Convert.FromHexString(digits);
        var chunk = Chunk(type, content);
        var other = Chunk(type, [.. content[..^1], (byte)(content[^1] ^ 1)]);
        var image = With(chunk);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(image), Is.EqualTo(image));
            Assert.That(Clean(With(chunk, other)), Is.EqualTo(image));
            Assert.That(Clean(Of(Header, Data, chunk, End)), Is.EqualTo(Plain));
            Assert.That(Clean(With(Chunk(type, content[..^1]))), Is.EqualTo(Plain));
        }
    }

    [TestCase("gAMA", "0000B18FFF")]
    [TestCase("gAMA", "00000000")]
    [TestCase("sRGB", "04")]
    [TestCase("cICP", "010D0101")]
    [TestCase("cICP", "010D0002")]
    [TestCase("sBIT", "080800")]
    [TestCase("sBIT", "080809")]
    [TestCase("bKGD", "00000000000000")]
    [TestCase("pHYs", "00000B1300000B1302")]
    public void Chunks_that_decoders_ignore_are_removed_and_do_not_count(string type, string ignored)
    {
        var valid = Chunk("sBIT", [8, 8, 8]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(With(Chunk(type, Convert.FromHexString(ignored)))), Is.EqualTo(Plain));
            Assert.That(Clean(With(Chunk("sBIT", [9, 9, 9]), valid)), Is.EqualTo(With(valid)));
        }
    }

    [TestCase("gAMA", 4, true)]
    [TestCase("cHRM", 32, true)]
    [TestCase("sRGB", 1, true)]
    [TestCase("cLLI", 8, true)]
    [TestCase("cICP", 4, false)]
    [TestCase("mDCV", 24, false)]
    [TestCase("sBIT", 3, false)]
    public void Decoders_use_some_chunks_also_after_the_palette(string type, int length, bool isUsed)
    {
        byte[] content = [.. Enumerable.Repeat((byte)1, length)];
        var chunk = Chunk(type, type == "cICP" ? [1, 13, 0, 1] : content);
        byte[][] start = [HeaderOf(Width, Height, colorType: 3), Chunk("PLTE", new byte[6])];
        byte[][] end = [DataOf(colorType: 3), End];

        Assert.That(Clean(Of([.. start, chunk, .. end])), Is.EqualTo(Of(isUsed ? [.. start, chunk, .. end] : [.. start, .. end])));
    }

    [TestCase("tEXt")]
    [TestCase("eXIf")]
    [TestCase("gAMA")]
    [TestCase("acTL")]
    public void An_ancillary_chunk_with_a_wrong_CRC_is_removed(string type)
    {
        var chunk = Chunk(type, new byte[8]);
        chunk[^1] ^= 1;

        Assert.That(Clean(With(chunk)), Is.EqualTo(Plain));
        Assert.That(Clean(Of(Header, Data, chunk, End)), Is.EqualTo(Plain));
    }

    [Test]
    public void An_ancillary_chunk_whose_type_has_other_characters_than_letters_is_removed() =>
        Assert.That(Clean(With(Chunk("a<b>", [1]), Chunk("\u00FF\0\0\0", [1]))), Is.EqualTo(Plain));

    [Test]
    public void Only_the_orientation_of_EXIF_is_kept()
    {
        var position = Convert.FromHexString("49492A0008000000020012010300010000000600000025880400010000002600000000000000");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(With(Chunk("eXIf", position))), Is.EqualTo(With(Chunk("eXIf", Turned))));
            Assert.That(Clean(With(Chunk("eXIf", Turned))), Is.EqualTo(With(Chunk("eXIf", Turned))));
            Assert.That(Clean(With(Chunk("eXIf", Upright))), Is.EqualTo(Plain));
        }
    }

    [Test]
    public void The_palette_must_come_before_the_chunks_that_need_it()
    {
        var header = HeaderOf(Width, Height, colorType: 3);
        var palette = Chunk("PLTE", new byte[6]);
        var data = DataOf(colorType: 3);
        var image = Of(header, palette, Chunk("tRNS", [0, 1]), data, End);

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Clean(Of(header, Chunk("tRNS", [0, 1]), palette, data, End)), Is.EqualTo(Of(header, palette, data, End)));
        Assert.That(Refusal(Of(header, data, palette, End)).Message, Does.Contain("IDAT comes before the palette"));
    }

    [TestCase(1, 2)]
    [TestCase(2, 4)]
    [TestCase(4, 16)]
    [TestCase(8, 256)]
    public void Colors_that_no_sample_can_address_are_cut(byte depth, int colors)
    {
        var header = HeaderOf(Width, Height, depth, colorType: 3);
        var data = DataOf(depth: depth, colorType: 3);
        var image = Of(header, Chunk("PLTE", new byte[3 * colors]), Chunk("tRNS", new byte[colors]), data, End);

        Assert.That(Clean(Of(header, Chunk("PLTE", new byte[768]), Chunk("tRNS", new byte[256]), data, End)), Is.EqualTo(image));
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    [TestCase(0, 1)]
    [TestCase(0, 2)]
    [TestCase(0, 4)]
    [TestCase(0, 8)]
    [TestCase(0, 16)]
    [TestCase(2, 8)]
    [TestCase(2, 16)]
    [TestCase(3, 1)]
    [TestCase(3, 2)]
    [TestCase(3, 4)]
    [TestCase(3, 8)]
    [TestCase(4, 8)]
    [TestCase(4, 16)]
    [TestCase(6, 8)]
    [TestCase(6, 16)]
    public void Each_depth_of_each_color_type_is_allowed(byte colorType, byte depth)
    {
        byte[] palette = colorType == 3 ? Chunk("PLTE", new byte[3]) : [];

        foreach (byte interlace in new byte[] { 0, 1 })
        {
            var header = HeaderOf(21, 17, depth, colorType, interlace: interlace);
            var image = Of(header, palette, DataOf(21, 17, depth, colorType, interlace), End);
            var rows = new byte[LengthOf(21, 17, depth, colorType, interlace) - 1];

            Assert.That(Clean(image), Is.EqualTo(image));
            Assert.That(Refusal(Of(header, palette, Chunk("IDAT", Compress(rows)), End)).Message, Does.Contain("too few rows"));
        }
    }

    // The other length is the right one for another color type. A longer transparency is cut to the bytes that decoders use.
    [TestCase(0, "sBIT", 1, 3, 0)]
    [TestCase(4, "sBIT", 2, 1, 0)]
    [TestCase(6, "sBIT", 4, 3, 0)]
    [TestCase(3, "sBIT", 3, 1, 0)]
    [TestCase(0, "tRNS", 2, 6, 2)]
    [TestCase(0, "tRNS", 2, 1, 0)]
    [TestCase(2, "tRNS", 6, 8, 6)]
    [TestCase(2, "tRNS", 6, 2, 0)]
    [TestCase(2, "tRNS", 6, 257, 0)]
    [TestCase(3, "tRNS", 1, 3, 2)]
    [TestCase(3, "tRNS", 2, 0, 0)]
    [TestCase(3, "tRNS", 2, 257, 0)]
    [TestCase(0, "bKGD", 2, 6, 0)]
    [TestCase(3, "bKGD", 1, 2, 0)]
    public void The_color_type_determines_the_length_of_chunks(byte colorType, string type, int length, int otherLength, int keptLength)
    {
        var before = type == "sBIT";

        Assert.That(Clean(With(length)), Is.EqualTo(With(length)));
        Assert.That(Clean(With(otherLength)), Is.EqualTo(keptLength == 0 ? Of(Start(), End) : With(keptLength)));

        byte[] With(int contentLength) => Of(Start(Chunk(type, [.. Enumerable.Repeat((byte)1, contentLength)])), End);

        byte[] Start(params byte[] chunk)
        {
            byte[] palette = colorType == 3 ? Chunk("PLTE", new byte[6]) : [];
            byte[] header = HeaderOf(Width, Height, colorType: colorType);
            byte[] data = DataOf(colorType: colorType);
            return before ? [.. header, .. chunk, .. palette, .. data] : [.. header, .. palette, .. chunk, .. data];
        }
    }

    [TestCase(4)]
    [TestCase(6)]
    public void Other_transparency_is_removed_from_an_image_with_an_alpha_channel(byte colorType)
    {
        var header = HeaderOf(Width, Height, colorType: colorType);
        var data = DataOf(colorType: colorType);
        Assert.That(Clean(Of(header, Chunk("tRNS", new byte[2]), data, End)), Is.EqualTo(Of(header, data, End)));
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(6)]
    public void The_palette_is_removed_from_an_image_that_is_not_indexed(byte colorType)
    {
        var header = HeaderOf(Width, Height, colorType: colorType);
        var data = DataOf(colorType: colorType);
        Assert.That(Clean(Of(header, Chunk("PLTE", new byte[3]), data, End)), Is.EqualTo(Of(header, data, End)));
    }

    [TestCase("4D4D002A0000")]
    [TestCase("4D4D002A00000064")]
    [TestCase("4D4D002A000000080001011200040000000100060000")]
    [TestCase("4D4D002A000000080001011200030000000200060000")]
    [TestCase("4D4D002A000000080001011200030000000100000000")]
    [TestCase("4D4D002A000000080001011200030000000100090000")]
    [TestCase("4D4D002B000000080001011200030000000100060000")]
    public void An_invalid_orientation_is_removed(string exif) =>
        Assert.That(Clean(With(Chunk("eXIf", Convert.FromHexString(exif)))), Is.EqualTo(Plain));

    private static IEnumerable<TestCaseData<byte[]>> HostileFiles()
    {
        yield return new(Signature) { TestName = "{m}(no chunk)" };
        yield return new(Of(Data, End)) { TestName = "{m}(no header)" };
        yield return new(Of(Header, Header, Data, End)) { TestName = "{m}(two headers)" };
        yield return new(Of(Chunk("tEXt", []), Header, Data, End)) { TestName = "{m}(header not first)" };
        yield return new(Of(Header, End)) { TestName = "{m}(no image data)" };
        yield return new(With(Chunk("PLTE", new byte[3]), Chunk("PLTE", new byte[3]))) { TestName = "{m}(two palettes)" };
        yield return new(Of(Header, Data[..^1])) { TestName = "{m}(image data without its last byte)" };
        yield return new(Of(Header, Half(0), Chunk("tEXt", []), Half(1), End)) { TestName = "{m}(image data in two places)" };
        yield return new(With(Chunk("PLTE", [1, 2]))) { TestName = "{m}(palette of 2 bytes)" };
        yield return new(With(Chunk("PLTE", []))) { TestName = "{m}(palette without colors)" };
        yield return new(With(Chunk("PLTE", new byte[3 * 257]))) { TestName = "{m}(palette of 257 colors)" };
        yield return new(With(Chunk("CgBI", new byte[4]))) { TestName = "{m}(unknown critical chunk)" };
        yield return new(With(Chunk("A<b>", []))) { TestName = "{m}(critical type with other characters than letters)" };
        yield return new(Of([.. Header[..^1], (byte)~Header[^1]], Data, End)) { TestName = "{m}(wrong CRC of the header)" };
        yield return new(With([0x80, 0, 0, 0, .. Data[4..]])) { TestName = "{m}(length 2^31)" };
        yield return new(With([0xFF, 0xFF, 0xFF, 0xFF, .. Data[4..]])) { TestName = "{m}(length 2^32 - 1)" };

        var sizes = new[]
        {
            (0u, 1u), (1u, 0u), (4097u, 1u), (1u, 4097u), (0x80000000, 1u), (1u, uint.MaxValue), (30_000u, 30_000u),
        };

        foreach (var (width, height) in sizes)
            yield return new(Of(HeaderOf(width, height), Data, End)) { TestName = $"{{m}}({width} x {height} pixels)" };

        yield return new(Of(HeaderOf(1, 1, depth: 3), Data, End)) { TestName = "{m}(depth 3)" };
        yield return new(Of(HeaderOf(1, 1, depth: 4), Data, End)) { TestName = "{m}(depth 4 with true color)" };
        yield return new(Of(HeaderOf(1, 1, depth: 3, colorType: 0), Data, End)) { TestName = "{m}(depth 3 with gray)" };
        yield return new(Of(HeaderOf(1, 1, depth: 16, colorType: 3), Data, End)) { TestName = "{m}(depth 16 with a palette)" };
        yield return new(Of(HeaderOf(1, 1, depth: 4, colorType: 6), Data, End)) { TestName = "{m}(depth 4 with alpha)" };
        yield return new(Of(HeaderOf(1, 1, colorType: 1), Data, End)) { TestName = "{m}(color type 1)" };
        yield return new(Of(HeaderOf(1, 1, compression: 1), Data, End)) { TestName = "{m}(compression 1)" };
        yield return new(Of(HeaderOf(1, 1, filter: 1), Data, End)) { TestName = "{m}(filter 1)" };
        yield return new(Of(HeaderOf(1, 1, interlace: 2), Data, End)) { TestName = "{m}(interlace 2)" };
    }

    [TestCaseSource(nameof(HostileFiles))]
    public void A_hostile_file_is_refused(byte[] file) => Refusal(file);

    // A decoder stops after the last row of an image that has no frames.
    private static IEnumerable<TestCaseData<byte[]>> FilesThatAreBrokenAfterTheirImageData()
    {
        byte[] wrong = [.. Data[..^1], (byte)~Data[^1]];

        yield return new(Of(Header, Data)) { TestName = "{m}(no chunk)" };
        yield return new(Of(Header, Data, End[..^1])) { TestName = "{m}(half a chunk)" };
        yield return new(Of(Header, Data, Chunk("tEXt", []))) { TestName = "{m}(no end)" };
        yield return new(Of(Header, Data, Chunk("IEND", [0]))) { TestName = "{m}(end with content)" };
        yield return new(Of(Header, Data, [.. End[..^1], 0])) { TestName = "{m}(wrong CRC of the end)" };
        yield return new(Of(Header, Data, Chunk("PLTE", new byte[3]), End)) { TestName = "{m}(palette)" };
        yield return new(Of(Header, Data, Chunk("eXIf", Turned), End)) { TestName = "{m}(EXIF)" };
        yield return new(Of(Header, Data, Chunk("ABCD", []), End)) { TestName = "{m}(unknown critical chunk)" };
        yield return new(Of(Header, Data, Chunk("tEXt", []), Data, End)) { TestName = "{m}(more image data)" };
        yield return new(Of(Header, wrong, End)) { TestName = "{m}(wrong CRC of the image data)" };
        yield return new(Of(Header, wrong, Data, End)) { TestName = "{m}(wrong CRC of the image data before more of it)" };
    }

    [TestCaseSource(nameof(FilesThatAreBrokenAfterTheirImageData))]
    public void A_file_that_is_broken_after_its_image_data_is_repaired(byte[] file) => Assert.That(Clean(file), Is.EqualTo(Plain));

    private static byte[] Half(int half)
    {
        var stream = Data[8..^4];
        return Chunk("IDAT", half == 0 ? stream[..5] : stream[5..]);
    }
}
