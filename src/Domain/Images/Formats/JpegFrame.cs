using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 section B.2.2: the frame header, which states the size and the components.</summary>
internal sealed class JpegFrame
{
    private JpegFrame(JpegComponent[] components, ImageSize size, bool isProgressive)
    {
        Components = components;
        IsProgressive = isProgressive;

        var maxHorizontal = components.Max(component => component.Horizontal);
        var maxVertical = components.Max(component => component.Vertical);
        UnitColumns = JpegComponent.CeilingDivide(size.Width, 8 * maxHorizontal);
        UnitRows = JpegComponent.CeilingDivide(size.Height, 8 * maxVertical);

        foreach (var component in components)
            component.SetBlocks(size, maxHorizontal, maxVertical);
    }

    public IReadOnlyList<JpegComponent> Components { get; }

    public JpegFaults Faults { get; } = new();

    public bool IsProgressive { get; }

    /// <summary>The units of a scan of several components. T.81 calls a unit an MCU.</summary>
    public int UnitColumns { get; }

    public int UnitRows { get; }

    /// <summary>
    /// Whether the image needs no further scan. For a sequential image, decoders stop here. A progressive image may end earlier, with its
    /// end marker.
    /// </summary>
    public bool IsComplete => Components.All(component => component.IsComplete);

    /// <summary>Whether each component has at least its DC coefficients. Otherwise browsers show nothing.</summary>
    public bool IsStarted => Components.All(component => component.IsStarted);

    public static JpegFrame Read(JpegSegment segment, Canvas canvas)
    {
        const int componentLength = 3;
        const int headerLength = 6;
        var content = segment.Content;

        // These are baseline, extended and progressive images with Huffman codes.
        if (segment.Marker is 0xC9 or 0xCA)
            throw segment.Refuse("starts an arithmetic-coded frame, which browsers do not show");
        if (segment.Marker is not (0xC0 or 0xC1 or 0xC2))
            throw segment.Refuse("starts a lossless or hierarchical frame, which browsers do not show");
        if (content.Length < headerLength || content.Length != headerLength + componentLength * content[5])
            throw segment.Refuse("has the wrong length for a frame header");
        if (content[0] != 8)
            throw segment.Refuse($"states samples of {content[0]} bits; browsers show only 8");
        if (content[5] is not (1 or 3 or 4))
            throw segment.Refuse($"states {content[5]} components; an image must have 1, 3 or 4");

        var components = new JpegComponent[content[5]];

        for (var i = 0; i < components.Length; i++)
        {
            var component = content.Slice(headerLength + componentLength * i, componentLength);
            var horizontal = component[1] >> 4;
            var vertical = component[1] & 0x0F;

            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4)
                throw segment.Refuse("states a sampling factor outside 1 to 4");

            components[i] = new(component[0], horizontal, vertical, component[2]);
        }

        canvas.SetSize(
            BinaryPrimitives.ReadUInt16BigEndian(content[3..]),
            BinaryPrimitives.ReadUInt16BigEndian(content[1..]),
            segment.Offset);
        canvas.AddFrame(segment.Offset);
        return new(components, canvas.Size, segment.Marker == 0xC2);
    }
}
