using GameImages.Variants.Decoding;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>The expected values are those of rgbaToThumbHash of the npm package thumbhash 0.1.1.</summary>
public sealed class ThumbHashTests
{
    [TestCase("waves", 100, 100, "1f08020f0221211339158760775777567775a4f987ccc00f")]
    [TestCase("waves", 100, 56, "5ff8050c82425107545667758775bbafffad88")]
    [TestCase("waves", 40, 100, "1e18060b0402444485857656af9fad8f9c")]
    [TestCase("waves", 100, 1, "94fb29f1847777878888088877885080b8")]
    [TestCase("waves", 1, 100, "8e9a1eb126088679888787770886879078")]
    [TestCase("waves", 1, 1, "000802070000000000000000000000000000000000000000")]
    [TestCase("waves", 3, 2, "4208060d8285780a8588788788a887a09073670677")]
    [TestCase("halves", 64, 48, "1836027da66077779c667897798788879f63f73986")]
    [TestCase("halves", 30, 90, "d76903521a745fd7768b99887ba0b2072a")]
    [TestCase("fading", 100, 75, "da1886148a07737683779078f7c708678a7f75959717078508")]
    [TestCase("fading", 50, 100, "9bf9850b060864808728795a8f18f3c7a50177674b3c41")]
    [TestCase("fading", 33, 33, "134a86150a1705b881a9976979087556f068098546c4687987")]
    [TestCase("fading", 1, 1, "00088205000000000000000000000000000000000000000000")]
    [TestCase("hole", 80, 60, "de9b860c862c75a08899777807a67a9f552877078348968708")]
    [TestCase("hidden", 20, 10, "0008820380000000000000000000000000000000000000")]
    [TestCase("hidden", 1, 1, "00088205000000000000000000000000000000000000000000")]
    public void The_hash_is_that_of_the_published_algorithm(string pattern, int width, int height, string expected)
    {
        var pixels = new byte[4 * width * height];
        for (var pixel = 0; pixel < width * height; pixel++)
            Color(pattern, pixel % width, pixel / width).Select(value => (byte)value).ToArray().CopyTo(pixels, 4 * pixel);

        Assert.That(Convert.ToHexStringLower(ThumbHash.Encode(width, height, pixels)), Is.EqualTo(expected));
    }

    // In an image of one color, the terms of the transform are rounding errors. Only the first bytes, without the terms, have a meaning.
    [TestCase(0, 0, 0, 255, "0008020480")]
    [TestCase(255, 255, 255, 255, "3f08020480")]
    [TestCase(10, 200, 90, 255, "5988000480")]
    [TestCase(200, 30, 77, 128, "195983038008")]
    public void An_image_of_one_color_has_its_color(byte red, byte green, byte blue, byte alpha, string expected)
    {
        byte[] pixels = [.. Enumerable.Repeat(new[] { red, green, blue, alpha }, 20 * 10).SelectMany(pixel => pixel)];
        Assert.That(Convert.ToHexStringLower(ThumbHash.Encode(20, 10, pixels)), Does.StartWith(expected).And.Length.LessThanOrEqualTo(50));
    }

    private static int[] Color(string pattern, int x, int y) => pattern switch
    {
        "waves" => [7 * x + 13 * y, 3 * x * x + y, x * y, 255],
        "fading" => [11 * x, 5 * y, x + y, 9 * x + 4 * y],
        "hidden" => [11 * x, 5 * y, x + y, 0],
        "halves" => x < y ? [250, 10, 20, 255] : [0, 90, 200, 255],
        "hole" => [200, 6 * x, 40, x + 2 * y < 60 ? 0 : 255],
        _ => throw new ArgumentException(pattern),
    };
}
