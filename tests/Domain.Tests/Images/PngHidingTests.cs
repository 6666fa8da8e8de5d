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
