using GameImages.Domain.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallJpeg;

namespace GameImages.Domain.Tests.Images;

public sealed class JpegTests
{
    // Each directory has two entries. One of them is orientation 6.
    private static readonly byte[] TurnedLittleEndian = Convert.FromHexString(
        "49492A0008000000020012010300010000000600000025880400010000002600000000000000");
    private static readonly byte[] TurnedBigEndian = Convert.FromHexString(
        "4D4D002A000000080002010F0002000000020041000001120003000000010006000000000000");
    private static readonly byte[] Minimal = Convert.FromHexString("4D4D002A00000008000101120003000000010006000000000000");
    private static readonly byte[] Adobe = Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1]);

    [Test]
    public void The_frame_header_states_the_size()
    {
        AssertFacts(Read(Plain), ImageFormat.Jpeg, 8, 8, frames: 1);
    }

    private static IEnumerable<TestCaseData<byte[]>> Metadata()
    {
        yield return new(Segment(0xFE, [.. "<script>alert(1)</script>"u8])) { TestName = "{m}(comment)" };
        yield return new(Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"u8])) { TestName = "{m}(XMP)" };
        yield return new(Segment(0xED, [.. "Photoshop 3.0\0 8BIM"u8])) { TestName = "{m}(IPTC)" };
        yield return new(Segment(0xE0, [.. "JFXX\0"u8, 0x13, 1, 1, 0, 0, 0])) { TestName = "{m}(thumbnail in JFXX)" };
        yield return new(Segment(0xE2, [.. "MPF\0"u8])) { TestName = "{m}(list of further images)" };
        yield return new(Segment(0xEB, [.. "JP"u8, 0, 1])) { TestName = "{m}(provenance)" };
        yield return new(Segment(0xEC, [.. "Ducky"u8])) { TestName = "{m}(Ducky)" };
        yield return new(Segment(0xE0, [.. "<?php"u8])) { TestName = "{m}(unknown application)" };
        yield return new(Segment(0xEE, [.. "Adobe"u8])) { TestName = "{m}(broken Adobe)" };
        yield return new(Segment(0xE2, [.. "ICC_PROFILE\0"u8, 2, 2, .. new byte[40]])) { TestName = "{m}(half a color profile)" };
        yield return new(Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. "<script>"u8, .. new byte[40]]))
        {
            TestName = "{m}(color profile without its signature)",
        };
        yield return new(Exif()) { TestName = "{m}(empty EXIF)" };
        yield return new(Exif([.. "II*\0"u8, 0xFF, 0xFF, 0xFF, 0xFF])) { TestName = "{m}(EXIF that points outside)" };
        yield return new([0xFF, 0xFF, 0xFF]) { TestName = "{m}(fill bytes)" };
        yield return new([.. "<b>rubbish</b>"u8]) { TestName = "{m}(invalid bytes between segments)" };
        yield return new([0xFF, 0xFE, 0, 0]) { TestName = "{m}(comment of length 0)" };
        yield return new([0xFF, 0xEF, 0, 1]) { TestName = "{m}(application segment of length 1)" };
        yield return new(Segment(0xCC, [0, 1])) { TestName = "{m}(conditioning of arithmetic coding)" };
        yield return new([0xFF, 0xD0]) { TestName = "{m}(restart marker between segments)" };
        yield return new(Segment(0xDC, [0, 8])) { TestName = "{m}(number of lines)" };
    }

    [TestCaseSource(nameof(Metadata))]
    public void Metadata_is_removed(byte[] part) => Assert.That(Clean(With(part)), Is.EqualTo(Plain));

    [Test]
    public void The_thumbnail_of_the_JFIF_segment_is_removed()
    {
        var density = Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 1, 1, 255, 255, 255]);
        Assert.That(Clean(Of(Start, density, Quantization, Frame, Huffman, Scan, End)), Is.EqualTo(Plain));
    }

    [Test]
    public void Only_the_orientation_of_EXIF_is_kept()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(With(Exif(TurnedLittleEndian))), Is.EqualTo(With(Exif(Minimal))));
            Assert.That(Clean(With(Exif(TurnedBigEndian))), Is.EqualTo(With(Exif(Minimal))));
            Assert.That(Clean(With(Exif(Minimal))), Is.EqualTo(With(Exif(Minimal))));
        }
    }

    [Test]
    public void The_position_of_EXIF_does_not_change_the_cleaned_file()
    {
        var first = Of(Start, Exif(TurnedLittleEndian), Density, Adobe, Quantization, Frame, Huffman, Scan, End);
        var last = Of(Start, Density, Adobe, Quantization, Frame, Huffman, Exif(TurnedBigEndian), Scan, End);

        Assert.That(Clean(first), Is.EqualTo(Clean(last)));
        Assert.That(Read(first).Hash, Is.EqualTo(Read(last).Hash));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(9)]
    public void An_upright_or_invalid_orientation_is_removed(byte orientation)
    {
        var tiff = Minimal.ToArray();
        tiff[19] = orientation;
        Assert.That(Clean(With(Exif(tiff))), Is.EqualTo(Plain));
    }

    [Test]
    public void The_color_transform_is_kept() => Assert.That(Clean(With(Adobe)), Is.EqualTo(With(Adobe)));

    [Test]
    public void Only_the_last_color_transform_is_kept() =>
        Assert.That(Clean(With(Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 2]), Adobe)), Is.EqualTo(With(Adobe)));

    [Test]
    public void Bytes_between_the_complete_image_and_its_end_marker_are_removed() =>
        Assert.That(Clean(Of(Plain[..^2], Segment(0xFE, [1]), [0xFF, 0xDB, 0xFF, 0xF0, 7], End)), Is.EqualTo(Plain));

    private static IEnumerable<TestCaseData<byte[]>> HostileFiles()
    {
        yield return new(Of(Start, End)) { TestName = "{m}(nothing between start and end)" };
        yield return new(Of(Start, Density, Quantization, Frame, Huffman, End)) { TestName = "{m}(no scan)" };
        yield return new(Of(Start, Density, Quantization, Huffman, Scan, End)) { TestName = "{m}(no frame header)" };
        yield return new(Of(Start, Density, Quantization, Frame, Frame, Huffman, Scan, End)) { TestName = "{m}(two frame headers)" };
        yield return new(Of(Start, Density, Quantization, Scan, Frame, Huffman, End)) { TestName = "{m}(scan before the frame header)" };
        yield return new(Of(Start, Start, Density, Quantization, Frame, Huffman, Scan, End)) { TestName = "{m}(two starts)" };
        yield return new(With([0xFF, 0xDB, 0, 1])) { TestName = "{m}(tables of length 1)" };
        yield return new(With([0xFF, 0xFE, 0xFF, 0xFF])) { TestName = "{m}(length beyond the end)" };
        yield return new(With([0xFF, 0x02])) { TestName = "{m}(reserved marker)" };
        yield return new(With([0xFF, 0xF0, 0, 2])) { TestName = "{m}(marker of another standard)" };
        yield return new(With(Segment(0xDB, [0, .. new byte[63]]))) { TestName = "{m}(short quantization table)" };
        yield return new(With(Segment(0xC4, [0, 255, .. new byte[30]]))) { TestName = "{m}(short Huffman table)" };
        yield return new(With(Segment(0xDD, [1]))) { TestName = "{m}(short restart interval)" };

        var sizes = new (ushort, ushort)[] { (0, 8), (8, 0), (4097, 8), (8, 4097), (64_250, 64_250), (65_535, 65_535) };

        foreach (var (width, height) in sizes)
            yield return new(Framed(FrameOf(width, height))) { TestName = $"{{m}}({width} x {height} pixels)" };

        foreach (var marker in new byte[] { 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF })
            yield return new(Framed(FrameOf(8, 8, marker))) { TestName = $"{{m}}(frame FF{marker:X2}, which browsers do not show)" };

        yield return new(Framed(FrameOf(8, 8, precision: 12))) { TestName = "{m}(samples of 12 bits)" };
        yield return new(Framed(Segment(0xC0, [8, 0, 8, 0, 8, 3, 1, 0x11, 0]))) { TestName = "{m}(fewer components than stated)" };
        yield return new(Framed(Segment(0xC0, [8, 0, 8, 0, 8, 2, 1, 0x11, 0, 2, 0x11, 0]))) { TestName = "{m}(two components)" };
        yield return new(Framed(Segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x51, 0]))) { TestName = "{m}(sampling factor 5)" };
        yield return new(Framed(Segment(0xC0, [8, 0, 8, 0, 8, 1, 2, 0x11, 0]))) { TestName = "{m}(scan of another component)" };

        static byte[] Framed(byte[] frame) => Of(Start, Density, Quantization, frame, Huffman, Scan, End);
    }

    [TestCaseSource(nameof(HostileFiles))]
    public void A_hostile_file_is_refused(byte[] file) => Refusal(file);
}
