using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 sections B.2.2 and B.2.3: the frame header, which states the size, and the scans of the frame.</summary>
internal sealed class JpegFrame
{
    // A progressive image has about ten scans. For each one, however short, a decoder goes over all pixels again.
    private const int MaxScans = 500;

    private readonly byte[] components;
    private readonly bool isProgressive;
    private readonly bool isHuffman;

    private JpegFrame(byte[] components, byte marker)
    {
        this.components = components;
        isProgressive = marker is 0xC2 or 0xCA;
        isHuffman = marker < 0xC8;
    }

    public int Scans { get; private set; }

    public static JpegFrame Read(JpegSegment segment, Canvas canvas)
    {
        const int componentLength = 3;
        const int headerLength = 6;
        var content = segment.Content;

        // These are baseline, extended and progressive, with Huffman or arithmetic codes. The others are lossless or hierarchical.
        if (segment.Marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA))
            throw segment.Refuse("starts a lossless or hierarchical frame, which browsers do not show");
        if (content.Length < headerLength || content.Length != headerLength + componentLength * content[5])
            throw segment.Refuse("has the wrong length for a frame header");
        if (content[0] != 8)
            throw segment.Refuse($"states samples of {content[0]} bits; browsers show only 8");
        if (content[5] is not (1 or 3 or 4))
            throw segment.Refuse($"states {content[5]} components; an image must have 1, 3 or 4");

        var components = new byte[content[5]];

        for (var i = 0; i < components.Length; i++)
        {
            var component = content.Slice(headerLength + componentLength * i, componentLength);
            components[i] = component[0];

            if (component[1] >> 4 is < 1 or > 4 || (component[1] & 0xF) is < 1 or > 4)
                throw segment.Refuse("states a sampling factor outside 1 to 4");
        }

        canvas.SetSize(
            BinaryPrimitives.ReadUInt16BigEndian(content[3..]),
            BinaryPrimitives.ReadUInt16BigEndian(content[1..]),
            segment.Offset);
        canvas.AddFrame(segment.Offset);
        return new(components, segment.Marker);
    }

    public void CopyScan(scoped JpegSegment header, ref ByteReader input, CleanCopy output)
    {
        var content = header.Content;

        if (content.IsEmpty || content[0] is < 1 or > 4 || content.Length != 4 + 2 * content[0])
            throw header.Refuse("has the wrong length for a scan header");

        for (var i = 0; i < content[0]; i++)
        {
            if (!components.Contains(content[1 + 2 * i]))
                throw header.Refuse("names a component that the frame does not have");
        }

        if (++Scans > MaxScans)
            throw header.Refuse($"starts scan {Scans}; the limit is {MaxScans} scans");

        var data = input.Take(FindMarker(input.Rest), "a scan");

        // Arithmetic coding leaves out zeros at the end, so the data of a scan of zeros is empty.
        if (data.IsEmpty && isHuffman)
            throw header.Refuse("has no data");

        output.Append(header.Whole);
        output.Append(data);

        // Here the image is complete and decoders stop. All bytes up to the end marker are left out.
        if (!isProgressive && content[0] == components.Length)
        {
            var end = input.Rest.IndexOf([(byte)0xFF, JpegSegment.EndOfImage]);

            if (end < 0)
                throw ImageRefusedException.Malformed("The file has no end marker", input.Position);

            input.Take(end, "the image");
        }
    }

    // Section B.1.1.5: within the data, FF is followed by 0 or is part of a restart marker. Decoders continue after a reserved marker.
    private static int FindMarker(ReadOnlySpan<byte> data)
    {
        var at = 0;

        while (true)
        {
            var distance = data[at..].IndexOf((byte)0xFF);

            if (distance < 0 || at + distance + 1 >= data.Length)
                return data.Length;

            at += distance;

            if (data[at + 1] is >= 0xC0 and not (>= JpegSegment.FirstRestart and <= JpegSegment.LastRestart) and not JpegSegment.Prefix)
                return at;

            // A fill byte may be followed by the marker.
            at += data[at + 1] == 0xFF ? 1 : 2;
        }
    }
}
