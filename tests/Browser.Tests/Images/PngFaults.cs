using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>PNG files that break a rule: a part in each wrong place, twice, with wrong lengths, and with a wrong CRC.</summary>
internal static class PngFaults
{
    private const int Width = 16;
    private const int Height = 12;
    private const int Colors = 64;

    private static readonly byte[] Palette = [.. Enumerable.Range(0, 3 * Colors).Select(i => (byte)(i * 37))];

    private enum Place
    {
        AfterHeader,
        AfterPalette,
        BetweenData,
        AfterData,
        BeforeEnd,
        AfterEnd,
    }

    public static IEnumerable<(string Name, byte[] Bytes)> All() =>
        from image in new[] { new Image("gray", 0, 1), new("RGB", 2, 3), new("indexed", 3, 1), new("RGBA", 6, 4) }
        from part in Parts(image)
        from fault in Faults(part)
        select ($"{part.Type} in {image.Name}, {fault.Name}", File(image, part, fault.Chunks));

    private static IEnumerable<Part> Parts(Image image)
    {
        var gamma = SmallPng.Chunk("gAMA", SmallPng.BigEndian(45455));
        var dark = SmallPng.Chunk("gAMA", SmallPng.BigEndian(100_000));
        byte[] numbers = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

        yield return new("gAMA", SmallPng.BigEndian(100_000), SmallPng.BigEndian(30_000));
        yield return new("cHRM", Chromaticities(30000, 60000, 64000, 33000), Chromaticities(64000, 33000, 15000, 6000)) { Before = gamma };
        yield return new("sRGB", [0], [1]) { Before = dark };
        yield return new("iCCP", Profile("one"), Profile("other", ColorProfile.Of("other")));
        yield return new("cICP", [12, 13, 0, 1], [9, 16, 0, 1]);
        yield return new("mDCV", numbers[..24], numbers[1..25]) { Before = SmallPng.Chunk("cICP", [9, 16, 0, 1]) };
        yield return new("cLLI", numbers[..8], numbers[1..9]) { Before = SmallPng.Chunk("cICP", [9, 16, 0, 1]) };
        yield return new("sBIT", SignificantBits(image, 5, 6), SignificantBits(image, 8, 8));
        yield return new("tRNS", Transparency(image, 3), Transparency(image, 40)) { Right = Place.AfterPalette };
        yield return new("bKGD", Background(image, 3), Background(image, 40)) { Right = Place.AfterPalette };
        yield return new("pHYs", [0, 0, 11, 19, 0, 0, 22, 38, 1], [0, 0, 0, 2, 0, 0, 0, 1, 0]);
        yield return new("eXIf", Tiff.Of(6), Tiff.Of(3));
        yield return new("tEXt", [.. "Comment\0one"u8], [.. "Comment\0other"u8]);
        yield return new("PLTE", Palette, [.. Palette.Reverse()]);
        yield return new("acTL", [0, 0, 0, 2, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0, 0, 0]) { IsAnimated = true };
        yield return new("fcTL", Control(0)[8..^4], Control(0, dispose: 1)[8..^4]) { IsAnimated = true, Right = Place.AfterPalette };
        yield return new("fdAT", [0, 0, 0, 2, .. Stream(image, 2)], [0, 0, 0, 2, .. Stream(image, 3)])
        {
            IsAnimated = true,
            Right = Place.BeforeEnd,
        };
    }

    private static IEnumerable<(string Name, (Place, byte[])[] Chunks)> Faults(Part part)
    {
        var right = part.Right;
        var chunk = SmallPng.Chunk(part.Type, part.Content);
        var other = SmallPng.Chunk(part.Type, part.Other);
        byte[] broken = [.. chunk[..^1], (byte)~chunk[^1]];

        foreach (var place in Enum.GetValues<Place>())
        {
            yield return ($"{place}", [(place, chunk)]);

            if (place != right)
                yield return ($"another {place}", [(right, chunk), (place, other)]);
        }

        yield return ("twice", [(right, chunk), (right, chunk)]);
        yield return ("before another", [(right, chunk), (right, other)]);
        yield return ("after another", [(right, other), (right, chunk)]);
        yield return ("wrong CRC", [(right, broken)]);
        yield return ("wrong CRC before another", [(right, broken), (right, other)]);

        byte[][] lengths = [[], part.Content[..^1], [.. part.Content, 1], [.. part.Content, .. part.Content]];

        foreach (var content in lengths)
        {
            yield return ($"{content.Length} bytes", [(right, SmallPng.Chunk(part.Type, content))]);
            yield return ($"{content.Length} bytes before another", [(right, SmallPng.Chunk(part.Type, content)), (right, other)]);
        }
    }

    private static byte[] File(Image image, Part part, (Place Place, byte[] Chunk)[] added)
    {
        var stream = Stream(image, 1);
        byte[] palette = image.ColorType == 3 && part.Type != "PLTE" ? SmallPng.Chunk("PLTE", Palette) : [];

        return SmallPng.Of(
            SmallPng.HeaderOf(Width, Height, colorType: image.ColorType),
            part.Before,
            part.IsAnimated && part.Type != "acTL" ? SmallPng.AnimationControl(2) : [],
            At(Place.AfterHeader),
            palette,
            part.IsAnimated && part.Type != "fcTL" ? Control(0) : [],
            At(Place.AfterPalette),
            SmallPng.Chunk("IDAT", stream[..20]),
            At(Place.BetweenData),
            SmallPng.Chunk("IDAT", stream[20..]),
            At(Place.AfterData),
            part.IsAnimated ? Control(1) : [],
            part.IsAnimated && part.Type != "fdAT" ? SmallPng.FrameData(2, Stream(image, 2)) : [],
            At(Place.BeforeEnd),
            SmallPng.End,
            At(Place.AfterEnd));

        byte[] At(Place place) => [.. added.Where(chunk => chunk.Place == place).SelectMany(chunk => chunk.Chunk)];
    }

    private static byte[] Control(uint number, byte dispose = 0) => SmallPng.FrameControl(number, Width, Height, dispose: dispose);

    private static byte[] Stream(Image image, int seed)
    {
        var length = 1 + Width * image.Channels;
        return SmallPng.Compress([.. Enumerable.Range(0, Height * length).Select(i => i % length == 0 ? (byte)0 : Sample(i))]);

        byte Sample(int i) => (byte)((i * 7 / seed + i / length * 3) % (Colors + 8));
    }

    private static byte[] Chromaticities(uint redX, uint redY, uint greenX, uint greenY) =>
        [.. new uint[] { 31270, 32900, redX, redY, greenX, greenY, 15000, 6000 }.SelectMany(SmallPng.BigEndian)];

    private static byte[] Profile(string name, byte[]? profile = null) =>
        [.. System.Text.Encoding.ASCII.GetBytes(name), 0, 0, .. SmallPng.Compress(profile ?? ColorProfile.Of())];

    private static byte[] SignificantBits(Image image, byte first, byte second) =>
        image.ColorType == 3 ? [first, second, first] : [.. new[] { first, second, first, second }[..image.Channels]];

    private static byte[] Transparency(Image image, byte value) =>
        image.ColorType switch
        {
            0 => [0, value],
            3 => [.. Enumerable.Range(0, value).Select(i => (byte)(i * 5))],
            _ => [0, value, 0, (byte)(value + 7), 0, (byte)(value + 14)],
        };

    private static byte[] Background(Image image, byte value) =>
        image.ColorType switch
        {
            0 => [0, value],
            3 => [value],
            _ => [0, value, 0, value, 0, 1],
        };

    private sealed record Image(string Name, byte ColorType, int Channels);

    /// <param name="Other">Another valid content.</param>
    private sealed record Part(string Type, byte[] Content, byte[] Other)
    {
        public Place Right { get; init; } = Place.AfterHeader;

        /// <summary>A chunk without which the part is not seen.</summary>
        public byte[] Before { get; init; } = [];

        public bool IsAnimated { get; init; }
    }
}
