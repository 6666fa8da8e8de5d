using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Walks over the codes of a sequential scan, T.81 section F.2.2, without keeping coefficients. Each block has one code for DC and then
/// codes for AC.
/// </summary>
internal sealed class JpegSequentialScan : IJpegScanData
{
    private const int LastPair = JpegComponent.Coefficients - 16;

    private readonly JpegScanHeader header;
    private readonly (JpegSteps Dc, JpegSteps Ac)[] blocks;

    /// <param name="dcTables">One for each component of the scan.</param>
    /// <param name="acTables">One for each component of the scan.</param>
    public JpegSequentialScan(JpegScanHeader header, JpegHuffmanTable[] dcTables, JpegHuffmanTable[] acTables)
    {
        this.header = header;
        var dcSteps = dcTables.Distinct().ToDictionary(table => table, table => new JpegSteps(table, header, isDc: true));
        var acSteps = acTables.Distinct().ToDictionary(table => table, table => new JpegSteps(table, header, isDc: false));
        blocks =
        [
            .. Enumerable.Range(0, dcTables.Length).SelectMany(i =>
                Enumerable.Repeat((dcSteps[dcTables[i]], acSteps[acTables[i]]), header.UnitBlocks(i))),
        ];
    }

    public void Walk(ref JpegBits bits, int units)
    {
        bits.Fill();

        // The processor keeps local variables in registers.
        var data = bits.Data;
        var next = bits.Next;
        var buffer = bits.Buffer;
        var count = bits.Count;

        for (; units > 0; units--)
        {
            foreach (var (dc, ac) in blocks)
            {
                var step = dc.Find(buffer);
                var before = 0;
                var coefficient = 1;

                while (true)
                {
                    if (next > data.Length - sizeof(ulong))
                        throw bits.Refuse();

                    // A step takes at most 31 bits. So there are enough to find the next step before the buffer is filled again.
                    buffer |= BinaryPrimitives.ReadUInt64BigEndian(data[next..]) >> count;
                    next += (63 - count) >> 3;
                    count |= JpegBits.Full;

                    var length = step & JpegSteps.BitsMask;
                    buffer <<= length;
                    count -= length;
                    coefficient += (step >> JpegSteps.CoefficientsShift) & JpegSteps.CoefficientsMask;

                    if (coefficient >= JpegComponent.Coefficients)
                        break;

                    before = step;
                    step = coefficient < LastPair ? ac.FindPair(buffer) : ac.Find(buffer);
                }

                if (IsFaulty(coefficient, before, step))
                {
                    bits.Next = next;
                    header.Faults.Add(header, bits.Position);
                }
            }
        }

        bits.Next = next;
        bits.Buffer = buffer;
        bits.Count = count;
    }

    // Sixteen zeros directly before the end of a block change nothing.
    private static bool IsFaulty(int coefficient, int before, int last)
    {
        var isEnd = coefficient >= JpegSteps.EndOfBlock;
        var isOnlyEnd = ((last >> JpegSteps.CoefficientsShift) & JpegSteps.CoefficientsMask) == JpegSteps.EndOfBlock;
        var faults = (last & (JpegSteps.Fault | JpegSteps.ZeroRun)) | (isOnlyEnd ? before & JpegSteps.ZeroRun : 0);
        return faults != 0 || !(isEnd || coefficient == JpegComponent.Coefficients);
    }
}
