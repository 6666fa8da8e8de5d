using System.Buffers.Binary;

namespace GameImages.Testing.Images;

/// <summary>A frame of a GIF file, decoded.</summary>
/// <param name="Pixels">The indexes of the colors, in the order of the file.</param>
public sealed record DecodedFrame(
    int Left, int Top, int Width, int Height, byte Flags, byte[]? Control, byte[] Colors, byte[] Blocks, byte[] Pixels);

/// <summary>Decodes files that the service has cleaned. They have no errors.</summary>
public static class GifDecoder
{
    public static IReadOnlyList<DecodedFrame> Decode(byte[] file)
    {
        var at = 13 + ColorsLength(file[10]);
        var frames = new List<DecodedFrame>();
        byte[]? control = null;

        while (file[at] != 0x3B)
        {
            if (file[at] == 0x21)
            {
                control = file[at + 1] == 0xF9 ? file[(at + 3)..(at + 7)] : control;
                at = Chain(file, at + 2, out _, out _);
                continue;
            }

            var start = file.AsSpan(at + 1);
            var flags = file[at + 9];
            var colors = file.AsSpan(at + 10, ColorsLength(flags)).ToArray();
            var codeSizeAt = at + 10 + colors.Length;
            at = Chain(file, codeSizeAt + 1, out var data, out var blocks);
            frames.Add(new(
                BinaryPrimitives.ReadUInt16LittleEndian(start),
                BinaryPrimitives.ReadUInt16LittleEndian(start[2..]),
                BinaryPrimitives.ReadUInt16LittleEndian(start[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(start[6..]),
                flags,
                control,
                colors,
                blocks,
                Pixels(file[codeSizeAt], data)));
            control = null;
        }

        return frames;
    }

    private static int ColorsLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));

    private static int Chain(byte[] file, int at, out byte[] data, out byte[] lengths)
    {
        var all = new List<byte>();
        var each = new List<byte>();

        for (; file[at] != 0; at += file[at] + 1)
        {
            each.Add(file[at]);
            all.AddRange(file[(at + 1)..(at + 1 + file[at])]);
        }

        data = [.. all];
        lengths = [.. each];
        return at + 1;
    }

    private static byte[] Pixels(int codeSize, byte[] data)
    {
        var clear = 1 << codeSize;
        var table = Literals();
        var pixels = new List<byte>();
        byte[] previous = [];
        var width = codeSize + 1;

        for (var at = 0; at + width <= 8 * data.Length;)
        {
            var code = Enumerable.Range(0, width).Sum(bit => (data[(at + bit) / 8] >> (at + bit) % 8 & 1) << bit);
            at += width;

            if (code == clear)
            {
                table = Literals();
                previous = [];
                width = codeSize + 1;
                continue;
            }

            if (code == clear + 1)
                break;

            byte[] current = code < table.Count ? table[code] : [.. previous, previous[0]];

            if (previous.Length > 0 && table.Count < 4096)
                table.Add([.. previous, current[0]]);
            if (table.Count == 1 << width && width < 12)
                width++;

            pixels.AddRange(current);
            previous = current;
        }

        return [.. pixels];

        List<byte[]> Literals() => [.. Enumerable.Range(0, clear + 2).Select(color => new[] { (byte)color })];
    }
}
