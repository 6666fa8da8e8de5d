using System.Diagnostics;
using System.Text;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallJpeg;

namespace GameImages.Domain.Tests.Images;

/// <summary>
/// Progressive scans. All codes have two bits. For DC, 00 has no further bits, and 01 has one. For AC, 00 ends a block, 01 ends two or
/// three blocks, 10 is a coefficient of one bit, and 11 is sixteen zeros.
/// </summary>
public sealed class JpegProgressiveTests
{
    private static readonly byte[] Payload = Encoding.ASCII.GetBytes("A position: 52.5, 13.4");
    private static readonly byte[] Codes = Segment(
        0xC4,
        [.. HuffmanTable(0x00, 2, 0, 1), .. HuffmanTable(0x10, 2, 0x00, 0x10, 0x01, 0xF0)]);

    private static readonly byte[] Dc = Of(ScanHeader(0, 0, low: 1), Data("01100"));
    private static readonly byte[] DcRefinement = Of(ScanHeader(0, 0, high: 1), Data("11"));

    // The first block has the coefficients 1 and 2. The run of the second code ends the second block.
    private static readonly byte[] Ac = Of(ScanHeader(1, 63, low: 1), Data("101" + "100" + "00" + "00"));

    // Both coefficients have another bit. The third coefficient of the first block becomes nonzero. Then a run covers both blocks.
    private static readonly byte[] AcRefinement = Of(ScanHeader(1, 63, high: 1), Data("10" + "1" + "01" + "010"));

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
        yield return Named(ImageOf(Dc, Ac, Of(ScanHeader(1, 63, high: 3, low: 1), Data("0000"))), "a refinement of two bits");
        yield return Named(ImageOf(Of(ScanHeader(0, 0, tables: 0x10), Data("0000"))), "an undefined table");
        yield return Named(ImageOf(Of(ScanHeader(0, 0), Data("00"), [])), "a scan without its last block");

        static TestCaseData<byte[]> Named(byte[] image, string name) => new(image) { TestName = $"{{m}}({name})" };
    }

    [TestCaseSource(nameof(BrokenScans))]
    public void A_broken_scan_is_refused(byte[] image) => Refusal(image);

    private static IEnumerable<TestCaseData<byte[][]>> FewFaults()
    {
        yield return Named("a run longer than the scan", Of(ScanHeader(1, 63, low: 1), Data("011")));
        yield return Named("zeros after the end of the band", Of(ScanHeader(1, 3, low: 1), Data("1100")));
        yield return Named("a refinement after the end of the band", Of(ScanHeader(1, 3, low: 1), Data("0000")), Refined("11" + "00"));

        static TestCaseData<byte[][]> Named(string name, params byte[][] scans) => new(scans) { TestName = $"{{m}}({name})" };
        static byte[] Refined(string bits) => Of(ScanHeader(1, 3, high: 1), Data(bits));
    }

    [TestCaseSource(nameof(FewFaults))]
    public void A_few_codes_that_no_encoder_writes_are_kept(byte[][] scans)
    {
        var image = ImageOf([Dc, .. scans]);
        Assert.That(Clean(Of(image[..^2], Payload, End)), Is.EqualTo(image));
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
                Data("0000")));
            return ImageOf([Dc, Of(ScanHeader(1, 1, low: 1), Data("0000")), .. empty.Take(count - 2)]);
        }
    }

    // Each code ends many blocks, so a small file can have very many blocks. They cost almost nothing.
    [Test]
    public void A_small_file_with_many_blocks_is_read_in_time()
    {
        const int blocks = 512 * 512;
        var codes = Segment(0xC4, [.. HuffmanTable(0x00, 1, 0), .. HuffmanTable(0x10, 1, 0xE0)]);
        var run = "0" + new string('0', 14);
        var scan = Data(string.Concat(Enumerable.Repeat(run, blocks >> 14)));
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

    private static byte[] ImageOf(params byte[][] scans) =>
        Of([Start, Density, Quantization, FrameOf(16, 8, 0xC2), Codes, .. scans, End]);
}
