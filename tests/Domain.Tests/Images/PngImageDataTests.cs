using GameImages.Domain.Images.Formats;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallPng;

namespace GameImages.Domain.Tests.Images;

/// <summary>The zlib stream of an image is read to its end.</summary>
public sealed class PngImageDataTests
{
    private const int RowLength = 1 + 3 * Width;

    private static readonly byte[] Rows = [.. Enumerable.Range(0, Height * RowLength).Select(i => (byte)(i % RowLength == 0 ? 4 : i))];
    private static readonly byte[] Stream = Compress(Rows);
    private static readonly byte[] Image = Of(Header, Chunk("IDAT", Stream), End);

    private static IEnumerable<TestCaseData<byte[], string>> BrokenStreams()
    {
        yield return Case("no bytes", [], "not compressed by zlib");
        yield return Case("no stream", [.. "PK\u0003\u0004"u8, .. new byte[100]], "not compressed by zlib");
        yield return Case("deflate without its header", Stream[2..], "not compressed by zlib");
        yield return Case("another method", [0x77, 0x85, .. Stream[2..]], "not compressed by zlib");
        yield return Case("a larger window", [0x88, 0x1C, .. Stream[2..]], "not compressed by zlib");
        yield return Case("a preset dictionary", [0x78, 0xBB, .. Stream[2..]], "not compressed by zlib");
        yield return Case("wrong check bits", [0x78, 0x9D, .. Stream[2..]], "not compressed by zlib");
        yield return Case("half of the stream", Stream[..(Stream.Length / 2)], "ends too early");
        yield return Case("a byte is missing", Compress(Rows[..^1]), "too few rows");
        yield return Case("a row is missing", Compress(Rows[..^RowLength]), "too few rows");
        yield return Case("block type 3", [0x78, 0x01, 7, 0, 0, 0, 0, 0, 0], "a type that does not exist");
        yield return Case("stored block with a broken length", [0x78, 0x01, 1, 5, 0, 5, 0, 1, 2, 3, 4, 5], "a broken length");
        yield return Case("stored block that is too long", [0x78, 0x01, 1, 99, 0, 156, 255, 1, 2, 3, 4, 5], "ends too early");
        yield return Case("distance before the start", [0x78, 0x01, 0x4B, 0x04, 0x12, 0, 0, 0, 0, 0, 0], "bytes that are not there");
        yield return Case("broken codes", [0x78, 0x01, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "broken codes");

        foreach (var filter in new byte[] { 5, 255 })
        {
            byte[] rows = [.. Rows];
            rows[RowLength] = filter;
            yield return Case($"filter {filter}", Compress(rows), "filter");
        }

        static TestCaseData<byte[], string> Case(string name, byte[] stream, string fault) =>
            new(stream, fault) { TestName = $"{{m}}({name})" };
    }

    [TestCaseSource(nameof(BrokenStreams))]
    public void An_image_without_all_of_its_rows_is_refused(byte[] stream, string fault)
    {
        Assert.That(Refusal(Of(Header, Chunk("IDAT", stream), End)).Message, Does.Contain(fault));
        Assert.That(
            Refusal(Of(Header, AnimationControl(1), Data, FrameControl(0), FrameData(1, stream), End)).Message,
            Does.Contain(fault));
    }

    [Test]
    public void A_stream_that_ends_too_early_but_has_all_rows_is_completed()
    {
        // The last 4 bytes are a checksum.
        for (var missing = 1; missing <= 4; missing++)
            Assert.That(Clean(Of(Header, Chunk("IDAT", Stream[..^missing]), End)), Is.EqualTo(Image), $"without {missing} bytes");

        byte[] open = [.. new SmallDeflate().Stored(Rows).End(Rows)[..^4]];
        Assert.That(Clean(Of(Header, Chunk("IDAT", open), End)), Is.EqualTo(Image), "without a last block");
        Assert.That(Refusal(Of(Header, Chunk("IDAT", [.. open, 6, 6, 6]), End)).Message, Does.Contain("The image data"));
    }

    [Test]
    public void An_interlaced_image_whose_stream_ends_too_early_is_refused()
    {
        var header = HeaderOf(1, 1, interlace: 1);
        var stream = Compress(new byte[4]);

        Assert.That(Read(Of(header, Chunk("IDAT", stream))).Size.Width, Is.EqualTo(1));
        Assert.That(Refusal(Of(header, Chunk("IDAT", stream[..^1]), End)).Message, Does.Contain("ends too early"));
    }

    // Decoders do not need the chunks to have a certain size.
    [Test]
    public void A_stream_may_be_split_anywhere()
    {
        for (var at = 0; at <= Stream.Length; at++)
        {
            var file = Of(Header, Chunk("IDAT", Stream[..at]), Chunk("IDAT", Stream[at..]), End);
            Assert.That(Clean(file), Is.EqualTo(at == Stream.Length ? Image : file), $"split at byte {at}");
        }
    }

    // Our compressor finds no matches that are 32,768 bytes away, so it would write all the rows.
    [Test]
    public void Rows_that_become_too_long_when_they_are_compressed_again_are_refused()
    {
        const int width = 1365;
        const int height = 4096;
        const int rowLength = 1 + 3 * width;
        var block = new byte[32 * 1024];
        new Random(17).NextBytes(block);

        for (var at = 0; at < block.Length; at += rowLength)
            block[at] = 0;

        var complete = new SmallDeflate().Stored(block).Repeated(width * height * 3 / 258 + 100).Stored([], isLast: true).End([]);
        var file = Of(HeaderOf(width, height), Chunk("IDAT", complete[..^4]), End);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.Throws<ImageRefusedException>(() => Read(file))!;
        Assert.That(refusal.Refusal, Is.EqualTo(ImageRefusal.TooManyBytes));
        Assert.That(refusal.Message, Does.Contain("5898240 bytes"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(30_000_000));
    }

    [Test]
    public void The_walk_has_bounded_memory_and_time()
    {
        // 64 million pixels of 8 bytes are compressed to 500 KB.
        const int side = 4096;
        var stream = new MemoryStream();

        using (var zlib = new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + 8 * side];

            for (var y = 0; y < side; y++)
                zlib.Write(row);
        }

        var image = Of(HeaderOf(side, side, depth: 16, colorType: 6), Chunk("IDAT", stream.ToArray()), End);
        var hiding = Of(HeaderOf(side, side, depth: 16, colorType: 6), Chunk("IDAT", stream.ToArray()[..^4]), End);
        Assert.That(Read(image).Bytes.Span.SequenceEqual(image), Is.True);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(Read(hiding).Bytes.Length, Is.LessThan(1_000_000));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(20_000_000));
    }
}
