using GameImages.Testing.Images;
using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>Images whose four quarters have different colors. They are grainy, so that smaller copies have fewer bytes.</summary>
internal static class Painted
{
    public static readonly int[] Red = [220, 40, 40];
    public static readonly int[] Green = [40, 220, 40];
    public static readonly int[] Blue = [40, 40, 220];
    public static readonly int[] Yellow = [220, 220, 40];

    private const int Grain = 30;

    /// <param name="turn">Exchanges the colors of the quarters, for the frames of an animation.</param>
    public static VipsImage Image(int width, int height, int turn = 0)
    {
        int[][] colors = [Red, Green, Blue, Yellow];
        var random = new Random(turn);
        var pixels = new byte[3 * width * height];
        for (var at = 0; at < pixels.Length; at++)
        {
            var isRight = at / 3 % width >= width / 2;
            var isLow = at / 3 / width >= height / 2;
            var quarter = (isRight ? 1 : 0) + (isLow ? 2 : 0);
            pixels[at] = (byte)(colors[(quarter + turn) % 4][at % 3] + random.Next(-Grain, Grain));
        }

        using var image = VipsImage.NewFromMemoryCopy(pixels, width, height, 3, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>The frames below each other, as libvips wants them.</summary>
    public static VipsImage Animation(int width, int height, int[] delays, int loop)
    {
        var frames = VipsImage.Arrayjoin([.. delays.Select((_, turn) => Image(width, height, turn))], across: 1);
        return frames.Mutate(image =>
        {
            image.Set(GValue.GIntType, "page-height", height);
            image.Set(GValue.ArrayIntType, "delay", delays);
            image.Set(GValue.GIntType, "loop", loop);
        });
    }

    /// <summary>
    /// A GIF of few bytes whose frames have 16 megapixels each. The first one fills the canvas. Each further frame changes one pixel.
    /// </summary>
    public static byte[] Specks(int frames)
    {
        using var canvas = VipsImage.Black(4096, 4096, 3).Copy(interpretation: Enums.Interpretation.Srgb);
        var changes = Enumerable.Range(1, frames - 1).SelectMany(frame => (byte[][])
            [SmallGif.Control, SmallGif.Pixels((ushort)frame, 0, 1, 1, [0])]);
        return [.. canvas.GifsaveBuffer()[..^1], .. changes.SelectMany(change => change), .. SmallGif.Trailer];
    }

    public static byte[] Png(int width, int height) => Image(width, height).PngsaveBuffer();

    /// <returns>The colors in the middle of the quarters: upper left, upper right, lower left, lower right.</returns>
    public static string Quarters(ReadOnlyMemory<byte> file)
    {
        using var image = VipsImage.NewFromBuffer(file.ToArray());
        return Quarters(image);
    }

    public static string Quarters(VipsImage image)
    {
        using var smooth = image.Shrink(image.Width / 4.0, image.Height / 4.0);
        return string.Concat(Name(smooth, 0, 0), Name(smooth, 3, 0), Name(smooth, 0, 3), Name(smooth, 3, 3));
    }

    private static string Name(VipsImage image, int x, int y)
    {
        var color = image[x, y];
        var names = new Dictionary<string, int[]> { ["R"] = Red, ["G"] = Green, ["B"] = Blue, ["Y"] = Yellow };
        var close = names.Where(name => name.Value.Zip(color, (wanted, got) => Math.Abs(wanted - got)).Max() < 20);
        return close.Select(name => name.Key).SingleOrDefault($"({string.Join(' ', color.Select(value => (int)value))})");
    }
}
