using System.Text;

namespace GameImages.Testing.Images;

/// <summary>
/// A display profile (ICC.1, section 8.3.3) that exchanges the red and green of sRGB, so that its effect is easy to see.
/// </summary>
public static class ColorProfile
{
    private const int HeaderLength = 128;
    private const int TagLength = 12;

    public static byte[] Of(string description = "Red is green")
    {
        var text = Encoding.ASCII.GetBytes(description + '\0');
        var curve = Item("curv", [0, 0, 0, 1, 2, 0x33]);
        var tags = new Dictionary<string, byte[]>
        {
            ["desc"] = Item("desc", [.. SmallPng.BigEndian((uint)text.Length), .. text, .. new byte[78]]),
            ["wtpt"] = Point(0.9642, 1, 0.8249),
            ["rXYZ"] = Point(0.3851, 0.7169, 0.0971),
            ["gXYZ"] = Point(0.4361, 0.2225, 0.0139),
            ["bXYZ"] = Point(0.1431, 0.0606, 0.7141),
            ["rTRC"] = curve,
            ["gTRC"] = curve,
            ["bTRC"] = curve,
        };

        var start = HeaderLength + 4 + tags.Count * TagLength;
        var table = new List<byte>();
        var data = new List<byte>();

        foreach (var (name, item) in tags)
        {
            table.AddRange([
                .. Encoding.ASCII.GetBytes(name),
                .. SmallPng.BigEndian((uint)(start + data.Count)),
                .. SmallPng.BigEndian((uint)item.Length),
            ]);
            data.AddRange(item);
        }

        return [.. Header(start + data.Count), .. SmallPng.BigEndian((uint)tags.Count), .. table, .. data];
    }

    private static byte[] Header(int length) =>
    [
        .. SmallPng.BigEndian((uint)length), 0, 0, 0, 0, 2, 0x10, 0, 0, .. "mntrRGB XYZ "u8, .. new byte[12], .. "acsp"u8, .. new byte[28],
        .. Point(0.9642, 1, 0.8249)[8..], .. new byte[48],
    ];

    private static byte[] Point(double x, double y, double z) => Item("XYZ ", [.. Fixed(x), .. Fixed(y), .. Fixed(z)]);

    private static byte[] Fixed(double value) => SmallPng.BigEndian((uint)Math.Round(value * 65536));

    // Each item starts at a multiple of four.
    private static byte[] Item(string type, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, .. content, .. new byte[(4 - content.Length % 4) % 4]];
}
