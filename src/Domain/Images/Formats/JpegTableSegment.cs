using System.Buffers;

namespace GameImages.Domain.Images.Formats;

/// <summary>A segment of tables. Only the tables that the scans use are written.</summary>
internal sealed class JpegTableSegment(byte marker, Range whole, IReadOnlyList<JpegTable> tables) : JpegPart
{
    public override int SpareBits => tables.Where(table => table.IsUsed).Sum(table => table.SpareBits);

    public override void Write(ReadOnlySpan<byte> file, CleanCopy output, bool replaceSpare)
    {
        if (tables.Count > 0 && tables.All(table => table.IsUsed) && !replaceSpare)
        {
            output.Append(file[whole]);
            return;
        }

        var content = new ArrayBufferWriter<byte>();

        foreach (var table in tables)
        {
            if (table.IsUsed)
                content.Write(table.Read(file, replaceSpare));
        }

        if (content.WrittenCount > 0)
            output.Append(JpegSegment.Write(marker, content.WrittenSpan));
    }
}
