namespace GameImages.Testing.Images;

/// <summary>Writes LZW codes of a GIF frame as they are given. Each code has as many bits as a decoder expects.</summary>
public sealed class LzwWriter(int codeSize)
{
    private readonly int codeSize = codeSize;
    private readonly List<bool> bits = [];
    private int width = codeSize + 1;
    private int next = (1 << codeSize) + 2;
    private bool isFirst = true;

    public LzwWriter Clear()
    {
        Put(1 << codeSize);
        width = codeSize + 1;
        next = (1 << codeSize) + 2;
        isFirst = true;
        return this;
    }

    public LzwWriter Add(params IEnumerable<int> codes)
    {
        foreach (var code in codes)
        {
            Put(code);
            next += isFirst || next == 4096 ? 0 : 1;
            width += next == 1 << width && width < 12 ? 1 : 0;
            isFirst = false;
        }

        return this;
    }

    public byte[] End()
    {
        Put((1 << codeSize) + 1);
        return ToArray();
    }

    public byte[] ToArray() => [.. bits.Chunk(8).Select(eight => (byte)eight.Select((bit, place) => bit ? 1 << place : 0).Sum())];

    /// <summary>Encodes pixels as most encoders do: the longest known sequence first, and a clear code when the table is full.</summary>
    /// <param name="waits">The number of codes from the time when the table is full to each clear code.</param>
    public static byte[] Encode(byte[] pixels, int codeSize = 2, bool hasEnd = true, byte[]? waits = null)
    {
        var clears = 0;
        var waited = 0;
        var writer = new LzwWriter(codeSize).Clear();
        var table = new Dictionary<(int, byte), int>();
        var current = (int)pixels[0];

        foreach (var pixel in pixels.Skip(1))
        {
            if (table.TryGetValue((current, pixel), out var longer))
            {
                current = longer;
                continue;
            }

            writer.Add(current);

            if (writer.next < 4096)
                table[(current, pixel)] = writer.next;

            current = pixel;

            if (writer.next < 4096 || waited++ < waits?[clears % waits.Length])
                continue;

            writer.Clear();
            table.Clear();
            waited = 0;
            clears++;
        }

        writer.Add(current);
        return hasEnd ? writer.End() : writer.ToArray();
    }

    private void Put(int code) => bits.AddRange(Enumerable.Range(0, width).Select(bit => (code >> bit & 1) != 0));
}
