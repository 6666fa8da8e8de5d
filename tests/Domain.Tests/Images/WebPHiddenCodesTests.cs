using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Domain.Tests.Images;

/// <summary>Each place in lossless WebP data where codes or colors can be that no pixel needs. About 512 bytes are accepted.</summary>
public sealed class WebPHiddenCodesTests
{
    private const int Predictor = 0;
    private const int CrossColor = 1;
    private const int ColorIndexing = 3;
    private const int WithAlpha = 1 << 28;

    private static IEnumerable<TestCaseData<Func<int, byte[]>, int>> Places()
    {
        yield return Place("codes of symbols that no pixel uses", groups => Selected(groups, WriteFlatGroup, 32), 4);
        yield return Place("codes that no block selects", Unselected, 76);
        yield return Place("symbols of codes without bits", groups => Selected(groups, bits => WriteOneSymbol(bits, distance: 7), 0), 520);
        yield return Place("lengths that are not repeated", groups => Selected(groups, WriteLongGroup, 1), 16);
        yield return Place("the red values of predictors", blocks => Transformed(Predictor, blocks, red: 7), 160);
        yield return Place("predictors that do not exist", blocks => Transformed(Predictor, blocks, mode: 15), 300);
        yield return Place("the alpha values of color transforms", blocks => Transformed(CrossColor, blocks, alpha: 7), 530);
        yield return Place("the blue values of a selection", SelectedWithBlue, 270);
        yield return Place("the red values of indexes", pixels => Indexed(pixels, red: 7), 180);
        yield return Place("the alpha values of an opaque image", pixels => Colored(pixels, alpha: 7, header: 0), 530);
        yield return Place("the red values of an alpha channel", AlphaChannel, 192);
    }

    [TestCaseSource(nameof(Places))]
    public void Many_codes_that_no_pixel_needs_are_refused(Func<int, byte[]> image, int count)
    {
        var accepted = image(3 * count / 4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(accepted), Is.EqualTo(accepted));
            Assert.That(Refusal(image(5 * count / 4)).Message, Does.Contain("no pixel uses"));
        }
    }

    private static IEnumerable<TestCaseData<byte[]>> Needed()
    {
        yield return new(Transformed(Predictor, 1000, mode: 13)) { TestName = "{m}(predictors)" };
        yield return new(Transformed(CrossColor, 1000, red: 7)) { TestName = "{m}(color transforms)" };
        yield return new(Indexed(1000, red: 0)) { TestName = "{m}(indexes)" };
        yield return new(Colored(1000, alpha: 7, WithAlpha)) { TestName = "{m}(alpha values)" };
    }

    [TestCaseSource(nameof(Needed))]
    public void Colors_that_pixels_need_are_kept(byte[] image) => Assert.That(Clean(image), Is.EqualTo(image));

    private static TestCaseData<Func<int, byte[]>, int> Place(string name, Func<int, byte[]> image, int count) =>
        new(image, count) { TestName = $"{{m}}({name})" };

    // A row of blocks of 4 pixels. Each selects its own group of codes.
    private static byte[] Selected(int groups, Func<WebPBits, WebPBits> writeGroup, int bitsOfPixel)
    {
        var bits = WriteSelection(groups, blue: 0);

        for (var i = 0; i < groups; i++)
            writeGroup(bits);

        return Row(4 * groups, WithAlpha, bits.Write(0, 4 * bitsOfPixel * groups));
    }

    private static byte[] SelectedWithBlue(int blocks)
    {
        var bits = WriteSelection(blocks, blue: 7);

        for (var i = 0; i < blocks; i++)
            WriteOneSymbol(bits, distance: 0);

        return Row(4 * blocks, WithAlpha, bits);
    }

    // The only block selects the last group.
    private static byte[] Unselected(int groups)
    {
        var bits = new WebPBits().Write(0, 2).Write(1, 1).Write(0, 3).Write(0, 1);
        bits.WriteCode(groups).WriteCode(0).WriteCode(0).WriteCode(0).WriteCode(0);

        for (var i = 0; i < groups; i++)
            bits.WriteCode(i).WriteCode(i).WriteCode(i).WriteCode(i).WriteCode(7);

        return Row(4, WithAlpha, WriteOneSymbol(bits, distance: 0));
    }

    private static WebPBits WriteSelection(int groups, int blue)
    {
        var bits = new WebPBits().Write(0, 2).Write(1, 1).Write(0, 3);
        bits.Write(0, 1).WriteFlat(8).WriteFlat(8).WriteCode(0, 7).WriteCode(0).WriteCode(0);

        for (var group = 0; group < groups; group++)
            bits.Write(Reverse(group & 0xFF), 8).Write(Reverse(group >> 8), 8).Write(blue == 0 ? 0 : group & 1, 1);

        return bits;
    }

    // Four colors of 256 values, and one distance.
    private static WebPBits WriteFlatGroup(WebPBits bits) => bits.WriteFlat(8).WriteFlat(8).WriteFlat(8).WriteFlat(8).WriteCode(0);

    private static WebPBits WriteOneSymbol(WebPBits bits, int distance) =>
        bits.WriteCode(0).WriteCode(0).WriteCode(0).WriteCode(255).WriteCode(distance);

    // The other 278 lengths are zeros, and each has a code of its own.
    private static WebPBits WriteLongGroup(WebPBits bits) =>
        bits.WriteLengths((0, 1), (1, 1)).WriteCode(0).WriteCode(0).WriteCode(255).WriteCode(0);

    // One color for a row of blocks of 4 pixels, and for each block a color of the transform. Every second one differs from the first.
    private static byte[] Transformed(int transform, int blocks, int mode = 0, int red = 0, int alpha = 0)
    {
        var bits = new WebPBits().Write(1, 1).Write(transform, 2).Write(0, 3);
        WriteColors(bits.Write(0, 1), blocks, mode, red, alpha);
        return Row(4 * blocks, WithAlpha, WriteOneSymbol(bits.Write(0, 3), distance: 0));
    }

    private static byte[] Indexed(int pixels, int red)
    {
        var bits = new WebPBits().Write(1, 1).Write(ColorIndexing, 2).Write(16, 8);
        bits.Write(0, 1).WriteCode(0).WriteCode(0).WriteCode(0).WriteCode(0).WriteCode(0);
        return Row(pixels, WithAlpha, WriteColors(bits.Write(0, 3), pixels, 3, red, 0));
    }

    private static byte[] Colored(int pixels, int alpha, int header) =>
        Row(pixels, header, WriteColors(new WebPBits().Write(0, 3), pixels, 3, 0, alpha));

    private static byte[] AlphaChannel(int pixels)
    {
        byte[] data = [1, .. WriteColors(new WebPBits().Write(0, 3), pixels, 3, 7, 0).Bytes];
        var lossy = Chunk("VP8 ", [.. Lossy[8..14], 16, 0, (byte)(pixels / 16), 0, .. Lossy[18..]]);
        return Of(Extended(AlphaFlag, 16, (uint)pixels / 16), Chunk("ALPH", data), lossy);
    }

    private static WebPBits WriteColors(WebPBits bits, int count, int green, int red, int alpha)
    {
        bits.WriteCode(0, green).WriteCode(0, red).WriteCode(0).WriteCode(0, alpha).WriteCode(0);
        var bitsOfColor = (green == 0 ? 0 : 1) + (red == 0 ? 0 : 1) + (alpha == 0 ? 0 : 1);

        for (var i = 0; i < count; i++)
            bits.Write(i % 2 == 0 ? 0 : -1, bitsOfColor);

        return bits;
    }

    private static int Reverse(int value)
    {
        var reversed = 0;

        for (var i = 0; i < 8; i++)
            reversed |= (value >> i & 1) << (7 - i);

        return reversed;
    }

    private static byte[] Row(int width, int header, WebPBits bits) =>
        Of(Chunk("VP8L", [0x2F, .. LittleEndian((uint)((width - 1) | header)), .. bits.Bytes]));
}
