using System.Diagnostics;
using System.Text;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallJpeg;

namespace GameImages.Domain.Tests.Images;

/// <summary>
/// Progressive scans. For DC, the code 00 has no further bits, and 01 has one. For AC, 000 ends a block, 001 ends two or three blocks, 010
/// is a coefficient of one bit, and 011 is sixteen zeros.
/// </summary>
public sealed class JpegProgressiveTests
{
    private static readonly byte[] Payload = Encoding.ASCII.GetBytes("A position: 52.5, 13.4");
    private static readonly byte[] Codes = Segment(
        0xC4,
        [.. HuffmanTable(0x00, 2, 0, 1), .. HuffmanTable(0x10, 3, 0x00, 0x10, 0x01, 0xF0)]);

    private static readonly byte[] Dc = Of(ScanHeader(0, 0, low: 1), Data("01100"));
    private static readonly byte[] DcRefinement = Of(ScanHeader(0, 0, high: 1), Data("11"));

    // The first block has the coefficients 1 and 2. Then a run covers both blocks.
    private static readonly byte[] Ac = Of(ScanHeader(1, 63, low: 1), Data("0101" + "0100" + "0010"));

    // Both coefficients have another bit. The third coefficient of the first block becomes nonzero. Then a run covers both blocks.
    private static readonly byte[] AcRefinement = Of(ScanHeader(1, 63, high: 1), Data("010" + "1" + "01" + "0010"));

    private static readonly byte[] Whole = ImageOf(Dc, Ac, DcRefinement, AcRefinement);

    [Test]
    public void Scans_of_all_kinds_are_kept() => Assert.That(Clean(Whole), Is.EqualTo(Whole));

    [Test]
    public void Bytes_after_each_scan_are_removed()
    {
        var hidden = ImageOf(Dc, Payload, Ac, Payload, DcRefinement, Segment(0xFE, Payload), AcRefinement, Payload);
        Assert.That(Clean(hidden), Is.EqualTo(Whole));
    }

    [Test]
    public void A_complete_image_gets_the_end_marker_that_it_lacks()
    {
        Assert.That(Clean(Whole[..^2]), Is.EqualTo(Whole));
        Assert.That(Clean([.. Whole[..^2], .. Payload]), Is.EqualTo(Whole));
    }

    [Test]
    public void An_image_without_its_last_scan_and_its_end_marker_is_refused()
    {
        var truncated = ImageOf(Dc, Ac, DcRefinement);

        Assert.That(Clean(truncated), Is.EqualTo(truncated));
        Assert.That(Refusal(truncated[..^2]).Message, Does.Contain("no end marker"));
    }

    private static IEnumerable<TestCaseData<byte[]>> BrokenScans()
    {
        yield return Named(ImageOf(Dc, Dc), "the same scan twice");
        yield return Named(ImageOf(Dc, DcRefinement, DcRefinement), "the same refinement twice");
        yield return Named(ImageOf(Dc, Ac, Ac), "the same AC scan twice");
        yield return Named(ImageOf(DcRefinement), "a refinement without a first scan");
        yield return Named(ImageOf(Ac), "AC before DC");
        yield return Named(ImageOf(Of(ScanHeader(0, 5), Data("0000"))), "DC and AC in one scan");
        yield return Named(ImageOf(Dc, Of(ScanHeader(6, 5), Data("0000"))), "a band that ends before it starts");
        yield return Named(ImageOf(Dc, Of(ScanHeader(1, 64), Data("0000"))), "a band after the last coefficient");
        yield return Named(ImageOf(Of(ScanHeader(0, 0, low: 14), Data("0000"))), "too many bits");
        yield return Named(ImageOf(Dc, Ac, Of(ScanHeader(1, 63, high: 3, low: 1), Data("000000"))), "a refinement of two bits");
        yield return Named(ImageOf(Of(ScanHeader(0, 0, tables: 0x10), Data("0000"))), "an undefined table");
        yield return Named(ImageOf(Of(ScanHeader(0, 0), Data("00"), [])), "a scan without its last block");

        static TestCaseData<byte[]> Named(byte[] image, string name) => new(image) { TestName = $"{{m}}({name})" };
    }

    [TestCaseSource(nameof(BrokenScans))]
    public void A_broken_scan_is_refused(byte[] image) => Refusal(image);

    private static IEnumerable<TestCaseData<byte[][]>> FewFaults()
    {
        yield return Named("a run longer than the scan", Of(ScanHeader(1, 63, low: 1), Data("0011")));
        yield return Named("zeros after the end of the band", Of(ScanHeader(1, 3, low: 1), Data("011" + "000")));
        yield return Named("a refinement after the end of the band", Of(ScanHeader(1, 3, low: 1), Data("0010")), Refined("011" + "000"));

        static TestCaseData<byte[][]> Named(string name, params byte[][] scans) => new(scans) { TestName = $"{{m}}({name})" };
        static byte[] Refined(string bits) => Of(ScanHeader(1, 3, high: 1), Data(bits));
    }

    [TestCaseSource(nameof(FewFaults))]
    public void A_few_codes_that_no_encoder_writes_are_kept(byte[][] scans)
    {
        var image = ImageOf([Dc, .. scans]);
        Assert.That(Clean(Of(image[..^2], Payload, End)), Is.EqualTo(image));
    }

    private static IEnumerable<TestCaseData<byte[][]>> ManyFaults()
    {
        yield return Named("runs that could be longer", Of(ScanHeader(1, 63, low: 1), Blocks("000")));
        yield return Named("runs of a refinement that could be longer", Run(low: 1), Of(ScanHeader(1, 63, high: 1), Blocks("000")));
        yield return Named("zeros before a run", Of(ScanHeader(1, 63, low: 1), Blocks("011" + "000")));
        yield return Named("zeros before a run of a refinement", Run(low: 1), Of(ScanHeader(1, 63, high: 1), Blocks("011" + "000")));
        yield return Named("zeros up to the end of the band", Of(ScanHeader(1, 16, low: 1), Blocks("011")));
        yield return Named("zeros up to the end of a refinement", Run(low: 1, last: 16), Of(ScanHeader(1, 16, high: 1), Blocks("011")));
        yield return Named("bits above those of AC", Of(ScanHeader(1, 63, low: 10), Blocks("0100" + "000")));

        static TestCaseData<byte[][]> Named(string name, params byte[][] scans) => new(scans) { TestName = $"{{m}}({name})" };
        static byte[] Blocks(string block) => Data(string.Concat(Enumerable.Repeat(block, 66)));
        static byte[] Run(byte low, byte last = 63) =>
            Of(ScanHeader(1, last, low: low), Data(string.Concat(Enumerable.Repeat("0011", 22))));
    }

    // The image has 66 blocks. The longest run has 3.
    [TestCaseSource(nameof(ManyFaults))]
    public void Many_codes_that_no_encoder_writes_are_refused(byte[][] scans) =>
        Assert.That(
            Refusal(Tall(Of(ScanHeader(0, 0, low: 1), Data(new string('0', 132))), scans)).Message,
            Does.Contain("more than 64 codes"));

    [Test]
    public void Many_bits_above_those_of_DC_are_refused()
    {
        Assert.That(Clean(ImageWith(low: 10)), Is.EqualTo(ImageWith(low: 10)));
        Assert.That(Refusal(ImageWith(low: 11)).Message, Does.Contain("more than 64 codes"));

        static byte[] ImageWith(byte low) => Tall(
            Of(ScanHeader(0, 0, low: low), Data(string.Concat(Enumerable.Repeat("010", 66)))),
            Of(ScanHeader(1, 63), Data(string.Concat(Enumerable.Repeat("0011", 22)))));
    }

    // libjpeg ends a run of a refinement when its blocks have more than 937 further bits. Each block of this image has 63.
    [Test]
    public void Runs_of_a_refinement_end_where_libjpeg_ends_them()
    {
        var usual = Refined(Enumerable.Repeat(15, 68));

        Assert.That(Clean(usual), Is.EqualTo(usual));
        Assert.That(Refusal(Refined(Enumerable.Repeat(14, 68))).Message, Does.Contain("more than 64 codes"));
        Assert.That(Refusal(Refined(Enumerable.Repeat(15, 66).Prepend(16))).Message, Does.Contain("more than 64 codes"));
    }

    // jpegli ends a run before the block that would bring it over 255 bits.
    [Test]
    public void Runs_of_a_refinement_end_where_jpegli_ends_them()
    {
        var usual = Refined(Enumerable.Repeat(4, 255));

        Assert.That(Clean(usual), Is.EqualTo(usual));
        Assert.That(Refusal(Refined(Enumerable.Repeat(3, 340))).Message, Does.Contain("more than 64 codes"));
        Assert.That(Refusal(Refined(Enumerable.Repeat(4, 253).Prepend(5))).Message, Does.Contain("more than 64 codes"));
    }

    [Test]
    public void An_image_without_its_DC_coefficients_is_refused()
    {
        var frame = Segment(0xC2, [8, 0, 8, 0, 16, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Refusal(Of(Start, Quantization, frame, Codes, Dc, Ac, End));
    }

    // For each scan, a decoder goes over all pixels again. Browsers stop at 100.
    [Test]
    public void An_image_with_100_scans_is_refused()
    {
        Assert.That(Clean(Scans(99)), Is.EqualTo(Scans(99)));
        Assert.That(Refusal(Scans(100)).Message, Does.Contain("99 scans"));

        static byte[] Scans(int count)
        {
            var bands = Enumerable.Range(0, count).Select(i => (First: i % 63 + 1, High: i / 63 > 0 ? 1 : 0));
            var empty = bands.Skip(1).Select(band => Of(
                ScanHeader((byte)band.First, (byte)band.First, (byte)band.High, (byte)(1 - band.High)),
                Data("0010")));
            return ImageOf([Dc, Of(ScanHeader(1, 1, low: 1), Data("0010")), .. empty.Take(count - 2)]);
        }
    }

    // Each code ends many blocks, so a small file can have very many blocks. They cost almost nothing.
    [Test]
    public void A_small_file_with_many_blocks_is_read_in_time()
    {
        const int blocks = 512 * 512;
        var codes = Segment(0xC4, [.. HuffmanTable(0x00, 1, 0), .. HuffmanTable(0x10, 2, 0xE0, 0x30)]);
        const int longestRun = 32767;
        var run = "00" + new string('1', 14);
        var lastRun = "01" + "000";
        var scan = Data(string.Concat(Enumerable.Repeat(run, blocks / longestRun)) + lastRun);
        var bands = Enumerable.Range(0, 48).Select(i => (First: (byte)(i + 1), Last: (byte)(i + 1)));
        var dc = Of(ScanHeader(0, 0), new byte[blocks / 8]);
        var scans = bands.SelectMany(band => new[]
        {
            Of(ScanHeader(band.First, band.Last, low: 1), scan),
            Of(ScanHeader(band.First, band.Last, high: 1), scan),
        });
        var image = Of([Start, Quantization, FrameOf(4096, 4096, 0xC2), codes, dc, .. scans, End]);
        var started = Stopwatch.GetTimestamp();

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    // The codes of AC have 4 bits, for runs of 1, of 4 to 7, of 8 to 15, and of 16 to 31 blocks, and for a coefficient of 1 bit.
    private static byte[] Refined(IEnumerable<int> runs)
    {
        const int blocks = 68 * 15;
        var codes = Segment(0xC4, [.. HuffmanTable(0x00, 1, 0), .. HuffmanTable(0x10, 4, 0x00, 0x20, 0x30, 0x40, 0x01)]);
        var coefficients = string.Concat(Enumerable.Repeat("01001", 63 * blocks));
        var data = string.Concat(runs.Select(RunOf)) + string.Concat(Enumerable.Repeat(RunOf(1), blocks - runs.Sum()));
        return Of(
            Start, Quantization, FrameOf(16, 8 * blocks / 2, 0xC2), codes,
            ScanHeader(0, 0, low: 1), Data(new string('0', blocks)),
            ScanHeader(1, 63, low: 1), Data(coefficients),
            ScanHeader(1, 63, high: 1), Data(data), End);

        static string RunOf(int blocks)
        {
            var bits = Convert.ToString(blocks, 2)[1..];
            return Convert.ToString(Math.Max(bits.Length - 1, 0), 2).PadLeft(4, '0') + bits + new string('1', 63 * blocks);
        }
    }

    private static byte[] Tall(byte[] dc, params byte[][] scans) =>
        Of([Start, Quantization, FrameOf(16, 8 * 33, 0xC2), Codes, dc, .. scans, End]);

    private static byte[] ImageOf(params byte[][] scans) =>
        Of([Start, Density, Quantization, FrameOf(16, 8, 0xC2), Codes, .. scans, End]);
}
