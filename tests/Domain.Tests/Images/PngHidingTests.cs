using System.Buffers.Binary;
using System.IO.Compression;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallPng;

namespace GameImages.Domain.Tests.Images;

/// <summary>The places of a PNG file where a sender could hide bytes that decoders do not need.</summary>
public sealed class PngHidingTests
{
    private const int RowsLength = Height * (1 + 3 * Width);

    private static readonly byte[] Payload = [.. Enumerable.Range(0, 4000).SelectMany(i => BigEndian((uint)(i * 2654435761)))];
    private static readonly byte[] Rows = new byte[RowsLength];
    private static readonly byte[] Stream = Compress(Rows);

    private static IEnumerable<TestCaseData<byte[]>> HidingPlaces()
    {
        yield return new(Still(Chunk("IDAT", [.. Stream, .. Payload]))) { TestName = "{m}(after the stream)" };
        yield return new(Still(Data, Chunk("IDAT", Payload))) { TestName = "{m}(in a second chunk of image data)" };
        yield return new(Still(Chunk("IDAT", Compress([.. Rows, .. Payload])))) { TestName = "{m}(after the rows)" };
        yield return new(Still([.. Data], [.. End], Payload)) { TestName = "{m}(after the end)" };
        yield return new(Still(Chunk("IDAT", StoredAfterRows()))) { TestName = "{m}(after the rows, without compression)" };
        yield return new(Still(Chunk("IDAT", EmptyBlocks()))) { TestName = "{m}(codes of blocks without bytes)" };
        yield return new(Still(Chunk("IDAT", PaddedBlocks()))) { TestName = "{m}(padding of blocks)" };
        yield return new(Still(Chunk("IDAT", ManyEmptyBlocks()))) { TestName = "{m}(number of blocks)" };
        yield return new(Still(ManyChunks())) { TestName = "{m}(number and lengths of chunks)" };
        yield return new(With(Chunk("PLTE", Payload[..768]))) { TestName = "{m}(palette that is not used)" };
        yield return new(With(Chunk("tRNS", [0, 0, 0, 0, 0, 0, .. Payload[..250]]))) { TestName = "{m}(transparency)" };
        yield return new(With(Chunk("fcTL", Payload), Chunk("fdAT", Payload))) { TestName = "{m}(frames without an animation)" };
        yield return new(With(Chunk("iCCP", [.. "name\0\0"u8, .. Compress(Payload)]))) { TestName = "{m}(invalid profile)" };
        yield return new(With(Chunk("iCCP", [.. "name\0\0"u8, .. Compress(ColorProfile.Of()), .. Payload])))
        {
            TestName = "{m}(after the profile's stream)",
        };
        yield return new(With(Chunk("iCCP", [.. "name\0\0"u8, .. Compress([.. ColorProfile.Of(), .. Payload])])))
        {
            TestName = "{m}(after the profile)",
        };
        yield return new(With(Chunk("iCCP", [.. Payload.Where(value => value > 0).Take(80), 0, 0, .. Compress(ColorProfile.Of())])))
        {
            TestName = "{m}(name of a profile)",
        };
        yield return new(Animation(FrameData(2, [.. Stream, .. Payload]))) { TestName = "{m}(after the stream of a frame)" };
        yield return new(Animation(FrameData(2), FrameData(3, Payload))) { TestName = "{m}(in a second chunk of frame data)" };
        yield return new(Animation(FrameData(2, Compress([.. Rows, .. Payload])))) { TestName = "{m}(after the rows of a frame)" };
        yield return new(Animation(FrameData(2, EmptyBlocks()))) { TestName = "{m}(codes of a frame's blocks without bytes)" };
    }

    [TestCaseSource(nameof(HidingPlaces))]
    public void Hidden_bytes_are_removed(byte[] file)
    {
        var clean = Clean(file);

        using (Assert.EnterMultipleScope())
        {
            // A profile has 456 bytes, and its compressed form fewer.
            Assert.That(clean, Has.Length.LessThan(900));
            Assert.That(Clean(clean), Is.EqualTo(clean));
            Assert.That(StreamsOf(clean).Select(Inflate), Is.All.EqualTo(Rows));

            for (var at = 0; at + 16 <= Payload.Length; at += 16)
                Assert.That(clean.AsSpan().IndexOf(Payload.AsSpan(at, 16)), Is.Negative);
        }
    }

    [Test]
    public void A_file_has_one_budget_for_all_of_its_frames()
    {
        const int frames = 100;
        var number = 0u;
        byte[][] start = [Header, AnimationControl(frames), FrameControl(number++), Data];
        var hiding = new SmallDeflate().EmptyDynamic(Payload.AsSpan(0, 8)).Stored(Rows, isLast: true).End(Rows);
        var file = new List<byte[]>(start);

        for (var frame = 1; frame < frames; frame++)
            file.AddRange([FrameControl(number++), FrameData(number++, hiding)]);

        var clean = Clean(Of([.. file, End]));
        var kept = StreamsOf(clean).Count(stream => stream.AsSpan().SequenceEqual(hiding));

        // Each of these blocks hides about 66 bytes, as the product counts.
        Assert.That(kept, Is.InRange(1, 8));
        Assert.That(Clean(clean), Is.EqualTo(clean));
        Assert.That(Read(clean).Frames, Is.EqualTo(frames));
    }

    [Test]
    public void Bits_after_the_last_pixel_of_a_row_are_removed_if_many_rows_have_them(
        [Values(1, 2, 4)] byte depth, [Values(1, 9, 11)] int width, [Values(0, 1)] byte interlace)
    {
        const int height = 130;
        var clean = Clean(File(new Random(1), height));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(StreamsOf(clean).Select(Inflate), Is.All.EqualTo(RowsWith(null, height)));
            Assert.That(Clean(clean), Is.EqualTo(clean));
            Assert.That(Clean(File(null, height)), Is.EqualTo(File(null, height)));
            Assert.That(Clean(File(new Random(1), height: 8)), Is.EqualTo(File(new Random(1), height: 8)));
        }

        byte[] File(Random? hidden, int height) =>
            Of(HeaderOf((uint)width, (uint)height, depth, colorType: 0, interlace: interlace), DataWith(hidden, height), End);

        byte[] DataWith(Random? hidden, int height) => Chunk("IDAT", Compress(RowsWith(hidden, height)));

        byte[] RowsWith(Random? hidden, int height) => FilteredRows(width, height, depth, interlace, hidden);
    }

    [Test]
    public void Bits_after_the_last_pixels_of_many_frames_are_removed()
    {
        var number = 0u;
        var hiding = Compress(FilteredRows(3, 2, depth: 1, interlace: 0, new Random(1)));
        byte[][] start = [HeaderOf(3, 2, depth: 1, colorType: 0), AnimationControl(100), FrameControl(number++), Chunk("IDAT", hiding)];
        var frames = Enumerable.Range(1, 99).Select(_ => (byte[])[.. FrameControl(number++), .. FrameData(number++, hiding)]);
        var clean = Clean(Of([.. start, .. frames, End]));

        Assert.That(StreamsOf(clean), Has.Count.EqualTo(100));
        Assert.That(StreamsOf(clean).Count(stream => stream.AsSpan().SequenceEqual(hiding)), Is.InRange(32, 64));
        Assert.That(Clean(clean), Is.EqualTo(clean));
    }

    [Test]
    public void Parts_of_many_lengths_become_one_chunk()
    {
        var random = new Random(17);
        var rows = new byte[20 * (1 + 3 * 1000)];
        random.NextBytes(rows);

        for (var row = 0; row < 20; row++)
            rows[row * 3001] = 0;

        var stream = Compress(rows);
        var few = Of(HeaderOf(1000, 20), Parts(stream, 2000, [1500, 0, 2500, 1]), End);
        var many = Of(HeaderOf(1000, 20), Parts(stream, 2000, [.. Enumerable.Range(1000, 17)]), End);
        var one = Of(HeaderOf(1000, 20), Chunk("IDAT", stream), End);
        var small = Of(HeaderOf(1000, 20), Parts(stream, 10, []), End);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(few), Is.EqualTo(few));
            Assert.That(Clean(many), Is.EqualTo(one));
            Assert.That(Clean(small), Is.EqualTo(small));
        }

        static byte[] Parts(byte[] stream, int usual, int[] first)
        {
            var parts = new List<byte[]> { Chunk("IDAT", stream[..usual]) };
            var at = usual;

            foreach (var length in first)
            {
                parts.Add(Chunk("IDAT", stream[at..(at + length)]));
                at += length;
            }

            parts.AddRange(stream[at..].Chunk(usual).Select(part => Chunk("IDAT", part)));
            return [.. parts.SelectMany(part => part)];
        }
    }

    [Test]
    public void All_frames_of_an_animation_share_the_lengths_of_parts()
    {
        var number = 0u;
        var file = new List<byte[]> { Header, AnimationControl(101), FrameControl(number++), Data };

        for (var frame = 0; frame < 100; frame++)
        {
            var cut = 1 + frame % 10;
            file.AddRange([FrameControl(number++), FrameData(number++, Stream[..cut]), FrameData(number++, Stream[cut..])]);
        }

        var clean = Clean(Of([.. file, End]));

        // The last part of a stream is longer than the usual part, so it counts, too.
        Assert.That(CountOf(clean, "fdAT"), Is.InRange(101, 116));
        Assert.That(StreamsOf(clean).Select(Inflate), Is.All.EqualTo(Rows));
        Assert.That(Clean(clean), Is.EqualTo(clean));
    }

    [Test]
    public void Frames_cannot_choose_between_one_part_and_parts_of_the_usual_length()
    {
        var number = 0u;
        var file = new List<byte[]> { Header, AnimationControl(101), FrameControl(number++), Data };

        for (var frame = 0; frame < 100; frame++)
        {
            var part = frame % 2 == 0 ? 1 : Stream.Length;
            file.AddRange([FrameControl(number++), .. Stream.Chunk(part).Select(content => FrameData(number++, content))]);
        }

        var clean = Clean(Of([.. file, End]));
        Assert.That(CountOf(clean, "fdAT"), Is.InRange(100, 17 * (Stream.Length + 1) + 100));
        Assert.That(Clean(clean), Is.EqualTo(clean));
    }

    // The usual encoders also hide a few bits. Their files are not changed.
    [Test]
    public void Files_of_usual_encoders_are_not_changed()
    {
        const int width = 300;
        const int height = 200;
        var random = new Random(17);
        var rows = new byte[height * (1 + 3 * width)];

        for (var i = 0; i < rows.Length; i++)
            rows[i] = i % (1 + 3 * width) == 0 ? (byte)0 : (byte)(i / 97 % 200 + random.Next(1 + i * 20 / rows.Length));

        foreach (var level in Enum.GetValues<CompressionLevel>())
        {
            foreach (var size in new[] { int.MaxValue, 65536, 8192, 1024 })
            {
                var data = Compress(rows, level).Chunk(size).SelectMany(part => Chunk("IDAT", part));
                var file = Of(HeaderOf(width, height), [.. data], End);
                Assert.That(Clean(file), Is.EqualTo(file), $"{level}, chunks of {size} bytes");
            }
        }
    }

    private static byte[] Still(params byte[][] chunks) => Of([Header, .. chunks, End]);

    private static byte[] Animation(params byte[][] frameData) =>
        Of([Header, AnimationControl(2), FrameControl(0), Data, FrameControl(1), .. frameData, End]);

    private static byte[] StoredAfterRows() => new SmallDeflate().Stored([.. Rows, .. Payload], isLast: true).End(Rows);

    private static byte[] EmptyBlocks()
    {
        var stream = new SmallDeflate();

        foreach (var part in Payload.Chunk(8))
            stream.EmptyDynamic(part);

        return stream.Stored(Rows, isLast: true).End(Rows);
    }

    private static byte[] PaddedBlocks()
    {
        var stream = new SmallDeflate();

        foreach (var value in Payload)
            stream.Stored([], padding: value);

        return stream.Stored(Rows, isLast: true).End(Rows);
    }

    private static byte[] ManyEmptyBlocks()
    {
        var stream = new SmallDeflate();

        for (var i = 0; i < 5000; i++)
            stream.EmptyFixed();

        return stream.Stored(Rows, isLast: true).End(Rows);
    }

    private static byte[] ManyChunks() =>
        [.. Enumerable.Repeat(Chunk("IDAT", []), 1000).SelectMany(chunk => chunk), .. Stream.SelectMany(value => Chunk("IDAT", [value]))];

    /// <returns>Rows of gray pixels with all filters.</returns>
    /// <param name="hidden">Gives the bits after the last pixel of each row; null for zeros.</param>
    private static byte[] FilteredRows(int width, int height, byte depth, byte interlace, Random? hidden)
    {
        (int Left, int Top, int Right, int Down)[] passes = interlace == 0
            ? [(0, 0, 1, 1)]
            : [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        var pixels = new Random(17);
        var rows = new List<byte>();

        foreach (var (left, top, right, down) in passes)
        {
            var bits = Math.Max(0, width - left + right - 1) / right * depth;
            var above = new byte[(bits + 7) / 8 + 1];

            for (var y = top; bits > 0 && y < height; y += down)
            {
                var row = new byte[above.Length];
                pixels.NextBytes(row);
                row[0] = 0;
                var unused = (1 << (8 * (row.Length - 1) - bits)) - 1;
                row[^1] = (byte)((row[^1] & ~unused) | (hidden is null ? 0 : (hidden.Next(256) | 1) & unused));
                var filter = y % 5;
                rows.Add((byte)filter);

                for (var i = 1; i < row.Length; i++)
                    rows.Add((byte)(row[i] - Predicted(filter, row[i - 1], above[i], above[i - 1])));

                above = row;
            }
        }

        return [.. rows];
    }

    private static int Predicted(int filter, int left, int up, int upperLeft)
    {
        var estimate = left + up - upperLeft;
        int[] paeth = [.. new[] { left, up, upperLeft }.OrderBy(value => Math.Abs(estimate - value))];
        return new[] { 0, left, up, (left + up) / 2, paeth[0] }[filter];
    }

    private static int CountOf(byte[] file, string type)
    {
        var count = 0;

        for (var at = Signature.Length; at < file.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)))
            count += System.Text.Encoding.Latin1.GetString(file, at + 4, 4) == type ? 1 : 0;

        return count;
    }

    /// <returns>The zlib streams of the image and of each frame.</returns>
    private static List<byte[]> StreamsOf(byte[] file)
    {
        var streams = new List<byte[]>();
        var previous = "";

        for (var at = Signature.Length; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var type = System.Text.Encoding.Latin1.GetString(file, at + 4, 4);
            var content = file[(at + 8)..(at + 8 + length)];

            if (type is "IDAT" or "fdAT")
            {
                var part = type == "IDAT" ? content : content[4..];

                if (type == previous)
                    streams[^1] = [.. streams[^1], .. part];
                else
                    streams.Add(part);
            }

            previous = type;
            at += 12 + length;
        }

        return streams;
    }

    private static byte[] Inflate(byte[] stream)
    {
        using var inflated = new MemoryStream();

        using (var zlib = new ZLibStream(new MemoryStream(stream), CompressionMode.Decompress))
            zlib.CopyTo(inflated);

        return inflated.ToArray();
    }
}
