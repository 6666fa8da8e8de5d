namespace GameImages.Variants.Decoding;

/// <summary>
/// Encodes an image in about 25 bytes, from which a page draws a blurred preview: the average color and the lowest frequencies of a
/// cosine transform of the brightness, of two color differences, and of the opacity (Evan Wallace, https://evanw.github.io/thumbhash/).
/// </summary>
internal static class ThumbHash
{
    /// <summary>The longest side that the algorithm accepts, in pixels.</summary>
    public const int MaxSide = 100;

    /// <param name="pixels">RGBA, not premultiplied, row by row.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels)
    {
        var count = width * height;
        var average = AverageColor(pixels);
        var isOpaque = average.Opacity >= count;
        var (lightness, yellowBlue, redGreen, opacity) = (new double[count], new double[count], new double[count], new double[count]);

        for (var pixel = 0; pixel < count; pixel++)
        {
            // A transparent pixel gets the average color, so that it adds no edge.
            var alpha = pixels[4 * pixel + 3] / 255.0;
            var r = average.Red * (1 - alpha) + alpha / 255 * pixels[4 * pixel];
            var g = average.Green * (1 - alpha) + alpha / 255 * pixels[4 * pixel + 1];
            var b = average.Blue * (1 - alpha) + alpha / 255 * pixels[4 * pixel + 2];
            lightness[pixel] = (r + g + b) / 3;
            yellowBlue[pixel] = (r + g) / 2 - b;
            redGreen[pixel] = r - g;
            opacity[pixel] = alpha;
        }

        // An image with transparency has fewer brightness terms, to leave room for those of the opacity.
        var mostTerms = isOpaque ? 7 : 5;
        var longest = Math.Max(width, height);
        var across = Math.Max(1, Round((double)mostTerms * width / longest));
        var down = Math.Max(1, Round((double)mostTerms * height / longest));

        Channel l = Transform(lightness, width, height, Math.Max(3, across), Math.Max(3, down));
        Channel p = Transform(yellowBlue, width, height, 3, 3);
        Channel q = Transform(redGreen, width, height, 3, 3);
        Channel? a = isOpaque ? null : Transform(opacity, width, height, 5, 5);
        return Pack(l, p, q, a, isLandscape: width > height, shortTerms: width > height ? down : across);
    }

    private static (double Red, double Green, double Blue, double Opacity) AverageColor(ReadOnlySpan<byte> pixels)
    {
        double red = 0, green = 0, blue = 0, opacity = 0;
        for (var at = 0; at < pixels.Length; at += 4)
        {
            var alpha = pixels[at + 3] / 255.0;
            red += alpha / 255 * pixels[at];
            green += alpha / 255 * pixels[at + 1];
            blue += alpha / 255 * pixels[at + 2];
            opacity += alpha;
        }

        return opacity == 0 ? default : (red / opacity, green / opacity, blue / opacity, opacity);
    }

    // Keeps the terms of the upper left triangle of the transform.
    private static Channel Transform(double[] values, int width, int height, int across, int down)
    {
        var constant = 0.0;
        var terms = new List<double>();
        var wave = new double[width];

        for (var row = 0; row < down; row++)
        {
            for (var column = 0; column * down < across * (down - row); column++)
            {
                for (var x = 0; x < width; x++)
                    wave[x] = Math.Cos(Math.PI / width * column * (x + 0.5));

                var sum = 0.0;
                for (var y = 0; y < height; y++)
                {
                    var vertical = Math.Cos(Math.PI / height * row * (y + 0.5));
                    for (var x = 0; x < width; x++)
                        sum += values[x + y * width] * wave[x] * vertical;
                }

                sum /= width * height;
                if (row == 0 && column == 0)
                    constant = sum;
                else
                    terms.Add(sum);
            }
        }

        var scale = terms.Count == 0 ? 0 : terms.Max(Math.Abs);
        return new(constant, scale, scale == 0 ? [.. terms] : [.. terms.Select(term => 0.5 + 0.5 / scale * term)]);
    }

    private static byte[] Pack(Channel l, Channel p, Channel q, Channel? a, bool isLandscape, int shortTerms)
    {
        var colors = Round(63 * l.Constant) | Round(31.5 + 31.5 * p.Constant) << 6 | Round(31.5 + 31.5 * q.Constant) << 12
            | Round(31 * l.Scale) << 18 | (a is null ? 0 : 1) << 23;
        var shape = shortTerms | Round(63 * p.Scale) << 3 | Round(63 * q.Scale) << 9 | (isLandscape ? 1 : 0) << 15;
        List<byte> hash = [(byte)colors, (byte)(colors >> 8), (byte)(colors >> 16), (byte)shape, (byte)(shape >> 8)];
        if (a is not null)
            hash.Add((byte)(Round(15 * a.Constant) | Round(15 * a.Scale) << 4));

        // Two terms share a byte, the first one in its lower half.
        double[] terms = [.. l.Terms, .. p.Terms, .. q.Terms, .. a?.Terms ?? []];
        for (var term = 0; term < terms.Length; term += 2)
        {
            var high = term + 1 < terms.Length ? Round(15 * terms[term + 1]) : 0;
            hash.Add((byte)(Round(15 * terms[term]) | high << 4));
        }

        return [.. hash];
    }

    // The published algorithm rounds halves up.
    private static int Round(double value) => (int)Math.Floor(value + 0.5);

    /// <param name="Terms">From 0 to 1, where 0.5 is zero.</param>
    private sealed record Channel(double Constant, double Scale, double[] Terms);
}
