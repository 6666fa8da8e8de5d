using System.Text;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallJpeg;

namespace GameImages.Domain.Tests.Images;

/// <summary>Sequential scans. In these images, a block of zeros has the two bits 00.</summary>
public sealed class JpegScanTests
{
    private const string Secret = "A position: 52.5, 13.4";

    private static readonly byte[] Payload = Encoding.ASCII.GetBytes(Secret);
    private static readonly byte[] Header = Segment(0xDA, [1, 1, 0, 0, 63, 0]);

    // DC: 2 bits, for 0 to 2 bits of a coefficient. AC: 00 ends the block, 01 is one bit after no zeros, 10 is sixteen zeros.
    private static readonly byte[] LongerCodes = Segment(0xC4, [.. HuffmanTable(0x00, 2, 0, 1, 2), .. HuffmanTable(0x10, 2, 0, 1, 0xF0)]);

    [Test]
    public void Bytes_after_the_last_code_are_removed()
    {
        var hidden = Of(Start, Density, Quantization, Frame, Huffman, Scan, Payload, [0xFF, 0, 0xFF, 0xD0, 1], End);

        Assert.That(Clean(hidden), Is.EqualTo(Plain));
    }

    [Test]
    public void A_complete_image_gets_the_end_marker_that_it_lacks()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Plain[..^2]), Is.EqualTo(Plain));
            Assert.That(Clean([.. Plain[..^2], .. Payload]), Is.EqualTo(Plain));
            Assert.That(Clean([.. Plain[..^2], 0xFF]), Is.EqualTo(Plain));
        }
    }

    [TestCase(16, 16, "00000000")]
    [TestCase(17, 9, "000000000000")]
    public void A_scan_has_the_blocks_of_the_frame(int width, int height, string bits)
    {
        var frame = FrameOf((ushort)width, (ushort)height);
        var image = Of(Start, Density, Quantization, frame, Huffman, Header, Data(bits), End);
        var truncated = Of(Start, Density, Quantization, frame, Huffman, Header, Data(bits[..^2])[..^1], End);

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Refusal(truncated).Message, Does.Contain("ends before its last block"));
    }

    [Test]
    public void An_interleaved_scan_has_the_blocks_of_all_components()
    {
        // One unit has 4 blocks of the first component, and one of each of the others.
        var frame = Segment(0xC0, [8, 0, 16, 0, 16, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
        var header = Segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
        var image = Of(Start, Density, Quantization, frame, Huffman, header, Data("000000000000"), End);

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Clean(Of(image[..^2], Payload, End)), Is.EqualTo(image));
    }

    [Test]
    public void A_scan_of_one_component_has_only_the_blocks_that_its_size_needs()
    {
        // Interleaved, the first component of an image of 17 x 8 pixels would have 8 blocks. Alone it has 3, and the others have 2 each.
        var frame = Segment(0xC0, [8, 0, 8, 0, 17, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
        var scans = Of(Alone(1, "000000"), Alone(2, "0000"), Alone(3, "0000"));
        var image = Of(Start, Density, Quantization, frame, Huffman, scans, End);

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Clean(image[..^2]), Is.EqualTo(image));

        static byte[] Alone(byte component, string bits) => Of(Segment(0xDA, [1, component, 0, 0, 63, 0]), Data(bits));
    }

    [Test]
    public void Coefficients_have_the_bits_that_their_codes_state()
    {
        // A DC coefficient of 2 bits, an AC coefficient after 16 zeros, and the end of the block.
        var image = Of(Start, Density, Quantization, Frame, LongerCodes, Header, Data("1011" + "10" + "010" + "00"), End);
        Assert.That(Clean(Of(image[..^2], Payload, End)), Is.EqualTo(image));
    }

    [Test]
    public void A_block_without_an_end_code_has_64_coefficients()
    {
        var bits = "00" + string.Concat(Enumerable.Repeat("011", 63));
        var image = Of(Start, Density, Quantization, Frame, LongerCodes, Header, Data(bits), End);

        Assert.That(Clean(Of(image[..^2], Payload, End)), Is.EqualTo(image));
    }

    private static IEnumerable<TestCaseData<string>> FewFaults()
    {
        yield return new("11" + "000000000000000" + "00") { TestName = "{m}(no code of DC)" };
        yield return new("00" + "11" + "000000000000000") { TestName = "{m}(no code of AC)" };
        yield return new("00" + "10101010") { TestName = "{m}(zeros up to the end)" };
        yield return new("00" + "10" + "00") { TestName = "{m}(zeros before the end code)" };
        yield return new("00" + string.Concat(Enumerable.Repeat("011", 50)) + "10") { TestName = "{m}(zeros after the last coefficient)" };
    }

    // Decoders forgive such codes. A code that does not exist has 17 bits.
    [TestCaseSource(nameof(FewFaults))]
    public void A_few_codes_that_no_encoder_writes_are_kept(string block)
    {
        var image = Of(Start, Density, Quantization, Frame, LongerCodes, Header, Data(block), End);
        Assert.That(Clean(Of(image[..^2], Payload, End)), Is.EqualTo(image));
    }

    [TestCaseSource(nameof(FewFaults))]
    public void Many_codes_that_no_encoder_writes_are_refused(string block)
    {
        var before = Of(Start, Density, Quantization, FrameOf(8, 8 * 65), LongerCodes, Header);
        var image = Of(before, Data(string.Concat(Enumerable.Repeat(block, 65))), End);

        Assert.That(Refusal(image).Message, Does.Contain("more than 64 codes"));
    }

    [TestCase(11, 10)]
    [TestCase(11, 11)]
    [TestCase(12, 10)]
    public void Coefficients_have_at_most_11_bits_for_DC_and_10_for_AC(int dcBits, int acBits)
    {
        var codes = Segment(0xC4, [.. HuffmanTable(0x00, 1, (byte)dcBits), .. HuffmanTable(0x10, 2, 0, 10, 11)]);
        var ac = acBits == 10 ? "01" : "10";
        var block = "0" + new string('1', dcBits) + ac + new string('1', acBits) + "00";
        var image = Of(
            Start,
            Quantization,
            FrameOf(8, 8 * 65),
            codes,
            Header,
            Data(string.Concat(Enumerable.Repeat(block, 65))),
            End);

        if (dcBits == 11 && acBits == 10)
            Assert.That(Clean(image), Is.EqualTo(image));
        else
            Assert.That(Refusal(image).Message, Does.Contain("more than 64 codes"));
    }

    [Test]
    public void Restart_markers_are_kept_and_bytes_before_them_are_removed()
    {
        var before = Of(Start, Density, Quantization, FrameOf(24, 8), Huffman, Segment(0xDD, [0, 1]), Header);
        var image = Of(before, Data("00"), [0xFF, 0xD0], Data("00"), [0xFF, 0xD1], Data("00"), End);
        var hidden = Of(before, Data("00"), Payload, [0xFF, 0xFF, 0xFF, 0xD0], Data("00"), [0xFF, 0xD1], Data("00"), Payload, End);

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Clean(hidden), Is.EqualTo(image));
    }

    [Test]
    public void A_missing_restart_marker_is_refused()
    {
        var before = Of(Start, Density, Quantization, FrameOf(16, 8), Huffman, Segment(0xDD, [0, 1]), Header, Data("00"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Refusal(Of(before, [0xFF, 0xD1], Data("00"), End)).Message, Does.Contain("instead of restart marker 0"));
            Assert.That(Refusal(Of(before, Data("00"), End)).Message, Does.Contain("instead of restart marker 0"));
        }
    }

    [Test]
    public void Many_padding_bits_that_are_not_ones_are_replaced()
    {
        var few = Restarting(rows: 4, padding: 0x2A);
        var many = Restarting(rows: 500, padding: 0x2A);

        Assert.That(Clean(few), Is.EqualTo(few));
        Assert.That(Clean(many), Is.EqualTo(Restarting(rows: 500, padding: 0x3F)));

        // Each block is followed by a restart marker, and by 6 bits of padding before it.
        static byte[] Restarting(int rows, byte padding) => Of(
            Start,
            Density,
            Quantization,
            FrameOf(32, (ushort)(8 * rows)),
            Huffman,
            Segment(0xDD, [0, 1]),
            Header,
            [padding],
            Of([.. Enumerable.Range(0, 4 * rows - 1).Select(i => new byte[] { 0xFF, (byte)(0xD0 + i % 8), padding })]),
            End);
    }

    [TestCase(0xC0)]
    [TestCase(0xC1)]
    public void A_second_scan_of_a_component_is_refused(int marker)
    {
        var frame = Segment((byte)marker, [8, 0, 8, 0, 8, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Assert.That(Refusal(Of(Start, Quantization, frame, Huffman, Scan, Scan, End)).Message, Does.Contain("a second scan"));
    }

    [Test]
    public void An_image_without_a_component_and_its_end_marker_is_refused()
    {
        var frame = Segment(0xC0, [8, 0, 8, 0, 8, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Assert.That(Refusal(Of(Start, Quantization, frame, Huffman, Scan)).Message, Does.Contain("no end marker"));
    }
}
