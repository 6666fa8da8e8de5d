namespace GameImages.Testing.Fuzzing;

/// <summary>Creates images, and bytes that are almost images.</summary>
internal sealed class FuzzImages(Values values)
{
    private const int Different = 200;

    public byte[] Valid()
    {
        var number = values.Number(Different);
        return values.Number(4) switch
        {
            0 => Pictures.Png(number, values.Number(3000)),
            1 => Pictures.Gif(number),
            2 => Pictures.Jpeg(number),
            _ => Pictures.WebP(number),
        };
    }

    public byte[] Damaged()
    {
        var image = Valid();
        if (values.OneIn(2))
            return image[..values.Number(image.Length)];

        image[values.Number(image.Length)] ^= (byte)(1 << values.Number(8));
        return image;
    }
}
