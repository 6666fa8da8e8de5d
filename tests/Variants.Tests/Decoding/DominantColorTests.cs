using GameImages.Variants.Decoding;

namespace GameImages.Variants.Tests.Decoding;

public sealed class DominantColorTests
{
    private static readonly byte[] Red = [250, 10, 20, 255];
    private static readonly byte[] Blue = [0, 90, 200, 255];

    [Test]
    public void The_most_frequent_color_wins() =>
        Assert.That(DominantColor.Of([.. Red, .. Blue, .. Blue]), Is.EqualTo(0x005AC8));

    [Test]
    public void Similar_colors_count_together_and_are_averaged() =>
        Assert.That(DominantColor.Of([.. Red, .. Red, 200, 100, 50, 255, 202, 102, 52, 255, 204, 104, 54, 255]), Is.EqualTo(0xCA6634));

    [Test]
    public void A_pixel_counts_as_much_as_it_is_opaque() =>
        Assert.That(DominantColor.Of([250, 10, 20, 100, 250, 10, 20, 100, .. Blue]), Is.EqualTo(0x005AC8));

    [Test]
    public void An_invisible_image_is_black() => Assert.That(DominantColor.Of([250, 10, 20, 0]), Is.Zero);
}
