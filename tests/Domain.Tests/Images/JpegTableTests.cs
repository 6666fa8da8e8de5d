using System.Text;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallJpeg;

namespace GameImages.Domain.Tests.Images;

/// <summary>Only the tables that the scans use are stored.</summary>
public sealed class JpegTableTests
{
    private static readonly byte[] Payload = Encoding.ASCII.GetBytes("A position: 52.5, 13.4");

    private static readonly byte[] OnesCode = Segment(0xC4, [.. HuffmanTable(0x00, 1, 0, 1), .. HuffmanTable(0x10, 1, 0)]);

    private static readonly byte[] Filled = [.. Enumerable.Range(0, 250 / Payload.Length).SelectMany(_ => Payload)];

    private static IEnumerable<TestCaseData<byte[]>> UnusedSegments()
    {
        yield return Named(Segment(0xC4, HuffmanTable(0x01, 8, Payload)), "Huffman table");
        yield return Named(Segment(0xC4, HuffmanTable(0x00, 8, Payload)), "Huffman table that is defined again");
        yield return Named(Segment(0xC4, []), "segment without Huffman tables");
        yield return Named(Segment(0xDB, [3, .. Payload, .. new byte[64 - Payload.Length]]), "quantization table");
        yield return Named(Segment(0xDB, [0, .. Payload, .. new byte[64 - Payload.Length]]), "quantization table that is defined again");
        yield return Named(Segment(0xDB, [0x11, .. Payload, .. new byte[128 - Payload.Length]]), "quantization table of 16 bits");
        yield return Named(Of([.. Enumerable.Range(0, 100).Select(i => HuffmanSegment((byte)i))]), "hundred Huffman tables");

        static TestCaseData<byte[]> Named(byte[] segment, string name) => new(segment) { TestName = $"{{m}}({name})" };
        static byte[] HuffmanSegment(byte value) => Segment(0xC4, HuffmanTable(0x00, 8, [value, .. Payload]));
    }

    [TestCaseSource(nameof(UnusedSegments))]
    public void A_table_that_no_scan_uses_is_removed(byte[] segment) => Assert.That(Clean(With(segment)), Is.EqualTo(Plain));

    [Test]
    public void A_table_after_the_scan_is_removed() =>
        Assert.That(Clean(Of(Plain[..^2], Segment(0xC4, HuffmanTable(0x00, 8, Payload)), End)), Is.EqualTo(Plain));

    [Test]
    public void An_unused_table_is_removed_from_a_segment_with_a_used_one()
    {
        var both = Segment(0xC4, [.. HuffmanTable(0x00, 1, 0), .. HuffmanTable(0x13, 8, Payload), .. HuffmanTable(0x10, 1, 0)]);
        Assert.That(Clean(Of(Start, Density, Quantization, Frame, both, Scan, End)), Is.EqualTo(Plain));
    }

    [Test]
    public void A_restart_interval_that_no_scan_uses_is_removed()
    {
        var intervals = Of([.. Payload.Select(value => Segment(0xDD, [value, value]))]);
        var used = Segment(0xDD, [0, 1]);

        Assert.That(Clean(With(intervals, used)), Is.EqualTo(With(used)));
        Assert.That(Clean(Of(Start, Density, used, Quantization, Frame, Huffman, Scan, intervals, End)),
            Is.EqualTo(Of(Start, Density, used, Quantization, Frame, Huffman, Scan, End)));
    }

    [Test]
    public void A_quantization_table_is_the_one_of_the_first_scan_of_a_component()
    {
        var frame = FrameOf(8, 8, 0xC2);
        var scans = Of(ScanHeader(0, 0), Data("0"));
        var later = Of(ScanHeader(1, 63), Data("0"));
        var image = Of(Start, Quantization, frame, Huffman, scans, later, End);
        var other = Segment(0xDB, [0, .. Payload, .. new byte[64 - Payload.Length]]);

        Assert.That(Clean(Of(Start, Quantization, frame, Huffman, scans, other, later, End)), Is.EqualTo(image));
    }

    // The codes of a few cameras have codes that their images do not use, and such files are stored as they are.
    [Test]
    public void A_few_unused_codes_are_kept()
    {
        var image = WithCodes(Payload);
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    [Test]
    public void Many_unused_codes_are_left_out()
    {
        var cleaned = Clean(FourComponents(Filled));

        Assert.That(Encoding.Latin1.GetString(cleaned), Does.Not.Contain("position"));
        Assert.That(cleaned, Is.EqualTo(FourComponents([])));
        Assert.That(Clean(cleaned), Is.EqualTo(cleaned));
    }

    [Test]
    public void The_tables_of_the_standard_are_kept()
    {
        var standard = Segment(0xC4, [.. Standard(0x00), .. Standard(0x10)]);
        var image = Of(Start, Quantization, Frame, standard, Segment(0xDA, [1, 1, 0, 0, 63, 0]), Data("001010"), End);

        Assert.That(Clean(image), Is.EqualTo(image));
        // Frames of motion JPEG do not have them.
        var without = Of(Start, Quantization, Frame, Segment(0xDA, [1, 1, 0, 0, 63, 0]), Data("001010"), End);
        Assert.That(Clean(without), Is.EqualTo(without));
    }

    [Test]
    public void Many_codes_with_the_value_of_another_code_are_refused()
    {
        var twice = Segment(0xC4, [.. HuffmanTable(0x00, 2, 0, 0), .. HuffmanTable(0x10, 1, 0)]);
        var header = Segment(0xDA, [1, 1, 0, 0, 63, 0]);
        var few = Of(Start, Quantization, Frame, twice, header, Data("010"), End);
        var many = Of(Start, Quantization, FrameOf(8, 8 * 65), twice, header, Data(string.Concat(Enumerable.Repeat("010", 65))), End);

        Assert.That(Clean(few), Is.EqualTo(few));
        Assert.That(Refusal(many).Message, Does.Contain("more than 64 codes"));
    }

    [TestCase(0x00, 0x00)]
    [TestCase(0x10, 0x4000)]
    public void Much_data_with_coefficients_that_are_multiplied_by_zero_is_refused(int kind, int element)
    {
        byte[] elements = [.. Enumerable.Repeat((byte)1, kind == 0 ? 63 : 126), .. kind == 0 ? [] : new[] { (byte)(element >> 8) }, 0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Rows(500)), Is.EqualTo(Rows(500)));
            Assert.That(Refusal(Rows(501)).Message, Does.Contain("multiplied by zero"));
        }

        // Each row has 2 bytes.
        byte[] Rows(int rows) => Of(
            Start,
            Segment(0xDB, [(byte)kind, .. elements]),
            FrameOf(64, (ushort)(8 * rows)),
            Huffman,
            Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            new byte[2 * rows],
            End);
    }

    [Test]
    public void A_restart_interval_without_an_effect_becomes_zero_in_a_file_that_hides_much()
    {
        Assert.That(Clean(Intervals(0x7F, [])), Is.EqualTo(Intervals(0x7F, [])));
        Assert.That(Clean(Intervals(0x7F, Filled)), Is.EqualTo(Intervals(0, [])));

        static byte[] Intervals(byte value, byte[] unused) => Of(Start, Segment(0xDD, [value, value]), FourComponents(unused)[2..]);
    }

    private static IEnumerable<TestCaseData<byte[]>> BrokenTables()
    {
        yield return Named(Of(Start, Frame, Huffman, Scan, End), "no quantization table");
        yield return Named(Of(Start, Quantization, Frame, Huffman, Segment(0xDA, [1, 1, 0x20, 0, 63, 0]), Data("00"), End), "no DC table");
        yield return Named(Of(Start, Quantization, Frame, Segment(0xC4, HuffmanTable(0x00, 1, 0, 1, 2)), Scan, End), "too many codes");
        yield return Named(Of(Start, Quantization, Frame, OnesCode, Scan, End), "a code of ones");
        yield return Named(Of(Start, Quantization, Frame, Segment(0xC4, HuffmanTable(0x00, 1, 16)), Scan, End), "too many bits for DC");
        yield return Named(With(Segment(0xC4, HuffmanTable(0x04, 1, 0))), "Huffman table 4");
        yield return Named(With(Segment(0xC4, HuffmanTable(0x20, 1, 0))), "Huffman table of class 2");
        yield return Named(With(Segment(0xDB, [4, .. new byte[64]])), "quantization table 4");
        yield return Named(With(Segment(0xC4, [0, 200, 200, .. new byte[14], .. new byte[400]])), "400 values");

        static TestCaseData<byte[]> Named(byte[] image, string name) => new(image) { TestName = $"{{m}}({name})" };
    }

    [TestCaseSource(nameof(BrokenTables))]
    public void A_broken_table_is_refused(byte[] image) => Refusal(image);

    // The code 0 has the value 0. The codes of 16 bits after it have these values.
    private static byte[] Codes(byte destination, byte[] unused)
    {
        var counts = new byte[16];
        counts[0] = 1;
        counts[15] = (byte)unused.Length;
        return [destination, .. counts, 0, .. unused];
    }

    private static byte[] WithCodes(byte[] unused) => Of(
        Start, Quantization, Frame, Segment(0xC4, [.. HuffmanTable(0x00, 1, 0), .. Codes(0x10, unused)]), Scan, End);

    private static byte[] FourComponents(byte[] unused) => Of(
        Start,
        Quantization,
        Segment(0xC0, [8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]),
        Segment(0xC4, HuffmanTable(0x00, 1, 0)),
        Of([.. Enumerable.Range(0, 4).Select(i => Segment(0xC4, Codes((byte)(0x10 + i), unused)))]),
        Segment(0xDA, [4, 1, 0, 2, 1, 3, 2, 4, 3, 0, 63, 0]),
        Data("00000000"),
        End);

    private static byte[] Standard(byte destination) => destination == 0
        ? [0, .. Convert.FromHexString("00010501010101010100000000000000000102030405060708090A0B")]
        : [0x10, .. StandardAc];

    private static byte[] StandardAc => Convert.FromHexString(
        "0002010303020403050504040000017D01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A"
        + "161718191A25262728292A3435363738393A434445464748494A535455565758595A636465666768696A737475767778797A83848586"
        + "8788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5"
        + "E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA");
}
