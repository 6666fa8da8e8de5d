namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 section B.2.3: the components of a scan, their tables, and the coefficients and bits that the scan has.</summary>
internal sealed class JpegScanHeader
{
    private const int MaxUnitBlocks = 10;

    private JpegScanHeader(JpegSegment segment, JpegComponent[] components, JpegFaults faults)
    {
        var content = segment.Content;
        Offset = segment.Offset;
        Components = components;
        Faults = faults;
        DcTables = new int[components.Length];
        AcTables = new int[components.Length];

        for (var i = 0; i < components.Length; i++)
        {
            DcTables[i] = content[2 + 2 * i] >> 4;
            AcTables[i] = content[2 + 2 * i] & 0x0F;
        }

        First = content[^3];
        Last = content[^2];
        High = content[^1] >> 4;
        Low = content[^1] & 0x0F;
    }

    public int Offset { get; }
    public IReadOnlyList<JpegComponent> Components { get; }

    /// <summary>The faults of the image so far.</summary>
    public JpegFaults Faults { get; }

    public int[] DcTables { get; }
    public int[] AcTables { get; }

    /// <summary>The first and the last coefficient of a progressive scan.</summary>
    public int First { get; }

    public int Last { get; }

    /// <summary>The lowest bit of the earlier scans of these coefficients; 0 in the first one.</summary>
    public int High { get; }

    /// <summary>The lowest bit of this scan.</summary>
    public int Low { get; }

    public bool IsProgressive { get; private init; }

    public bool IsInterleaved => Components.Count > 1;

    /// <returns>The blocks that one unit of the scan has of a component.</returns>
    public int UnitBlocks(int component) =>
        IsInterleaved ? Components[component].Horizontal * Components[component].Vertical : 1;

    public static JpegScanHeader Read(JpegSegment segment, JpegFrame frame)
    {
        var content = segment.Content;

        if (content.IsEmpty || content[0] is < 1 or > 4 || content.Length != 4 + 2 * content[0])
            throw segment.Refuse("has the wrong length for a scan header");

        var components = new List<JpegComponent>();

        for (var i = 0; i < content[0]; i++)
        {
            var id = content[1 + 2 * i];
            components.Add(
                frame.Components.FirstOrDefault(component => component.Id == id && !components.Contains(component))
                ?? throw segment.Refuse("names a component that the frame does not have"));
        }

        if (components.Count > 1 && components.Sum(component => component.Horizontal * component.Vertical) > MaxUnitBlocks)
            throw segment.Refuse($"has more than {MaxUnitBlocks} blocks in each unit");

        var header = new JpegScanHeader(segment, [.. components], frame.Faults) { IsProgressive = frame.IsProgressive };
        header.CheckOrder(segment);
        return header;
    }

    public ImageRefusedException Refuse(string fault, int position) =>
        ImageRefusedException.Malformed($"The scan at byte {Offset} {fault}", position);

    // A scan that codes the same bits again would hide the first one.
    private void CheckOrder(JpegSegment segment)
    {
        if (!IsProgressive)
        {
            if (!Components.All(component => component.Code(0, JpegComponent.Coefficients - 1, high: 0, low: 0)))
                throw segment.Refuse("starts a second scan of a component");

            return;
        }

        const int maxLow = 13;
        var isBand = First == 0 ? Last == 0 : First <= Last && Last < JpegComponent.Coefficients && Components.Count == 1;

        if (!isBand || Low > maxLow || (High > 0 && Low != High - 1))
            throw segment.Refuse("states coefficients or bits that a progressive scan cannot have");
        if (!Components.All(component => component.Code(First, Last, High, Low)))
            throw segment.Refuse("does not continue where the earlier scans stopped");
    }
}
