using System.Text;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>EXIF data as a camera writes it: a description, the orientation, a position, and a thumbnail in its own directory.</summary>
internal static class Tiff
{
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;

    public static byte[] Of(int orientation, string description = "Dune: Imperium")
    {
        var text = Encoding.ASCII.GetBytes(description + '\0');
        var textAt = 8 + DirectoryLength(3);
        var positionAt = textAt + text.Length;
        var latitudeAt = positionAt + DirectoryLength(2);
        var thumbnailAt = latitudeAt + 24 + DirectoryLength(3);

        return
        [
            .. "II*\0"u8,
            .. Bytes(8),
            .. Directory(
                latitudeAt + 24,
                Entry(0x010E, Ascii, text.Length, textAt),
                Entry(0x0112, Short, 1, orientation),
                Entry(0x8825, Long, 1, positionAt)),
            .. text,
            .. Directory(0, Entry(1, Ascii, 2, 'N'), Entry(2, Rational, 3, latitudeAt)),
            .. Bytes(48, 1, 8, 1, 15, 1),
            .. Directory(0, Entry(0x0103, Short, 1, 6), Entry(0x0201, Long, 1, thumbnailAt), Entry(0x0202, Long, 1, 4)),
            0xFF, 0xD8, 0xFF, 0xD9,
        ];
    }

    private static int DirectoryLength(int entries) => 2 + 12 * entries + 4;

    private static byte[] Directory(int next, params byte[][] entries) =>
        [(byte)entries.Length, 0, .. entries.SelectMany(entry => entry), .. Bytes(next)];

    private static byte[] Entry(ushort tag, ushort type, int count, int value) =>
        [(byte)tag, (byte)(tag >> 8), (byte)type, 0, .. Bytes(count, value)];

    private static byte[] Bytes(params int[] values) => [.. values.SelectMany(value => SmallWebP.LittleEndian((uint)value))];
}
