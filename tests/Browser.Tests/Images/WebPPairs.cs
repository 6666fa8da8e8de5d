using System.Text;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>WebP files in which one part is missing, in the wrong place, there twice, of a wrong length, or wrongly announced.</summary>
/// <param name="lossy">The chunk VP8 of an image.</param>
/// <param name="alpha">The chunk ALPH of this image.</param>
/// <param name="lossless">The chunk VP8L of an image of the same size.</param>
internal sealed class WebPPairs(byte[] lossy, byte[] alpha, byte[] lossless, uint width, uint height)
{
    private const int HeaderLength = 8;

    private static readonly byte[] Profile = SmallWebP.Chunk("ICCP", ColorProfile.Of());
    private static readonly byte[] OtherProfile = SmallWebP.Chunk("ICCP", ColorProfile.Of("The same colors, but another text"));
    private static readonly byte[] Loops = SmallWebP.Chunk("ANIM", [1, 2, 3, 4, 5, 0]);
    private static readonly byte[] Exif = SmallWebP.Chunk("EXIF", Tiff.Of(6));
    private static readonly byte[] Xmp = SmallWebP.Chunk("XMP ", [.. "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8]);
    private static readonly byte[] Unknown = SmallWebP.Chunk("GAME", [1, 2, 3]);

    public IEnumerable<(string Name, byte[] File)> All() =>
    [
        .. Pairs("lossy", SmallWebP.AlphaFlag, [Profile, alpha, lossy, Exif, Xmp, Unknown]),
        .. Pairs("lossless", SmallWebP.AlphaFlag, [Profile, lossless, Exif, Xmp, Unknown]),
        .. Pairs(
            "animation",
            SmallWebP.AlphaFlag | SmallWebP.AnimationFlag,
            [Profile, Loops, Frame([.. alpha, .. lossy]), Frame(lossless), Exif, Xmp, Unknown]),
        .. InFrame(),
        .. Simple(),
        .. Modes(),
    ];

    // The header ends at another bit in each file, with and without bytes after the modes.
    private static IEnumerable<(string, byte[])> Modes() =>
        from changed in Enumerable.Range(0, 16)
        from unused in new[] { 0, 1, 8, 20 }
        let first = LossyWebP.Modes(partitions: 1, changed, macroblocks: 1)
        select (
            $"{unused} bytes after the modes, {changed} probabilities",
            SmallWebP.Of(SmallWebP.Chunk("VP8 ", LossyWebP.Frame([.. first[..^4], .. new byte[unused]], 16, 16, [0, 0]))));

    private IEnumerable<(string, byte[])> Pairs(string kind, int flags, byte[][] parts)
    {
        const int announced = SmallWebP.ProfileFlag | SmallWebP.ExifFlag | SmallWebP.XmpFlag;
        var header = SmallWebP.Extended((byte)(flags | announced), width, height);
        byte[][] whole = [header, .. parts];

        yield return ($"{kind}: nothing wrong", SmallWebP.Of(whole));

        for (var bit = 0; bit < 8; bit++)
        {
            byte[] lying = [.. header[..HeaderLength], (byte)(header[HeaderLength] ^ 1 << bit), .. header[(HeaderLength + 1)..]];
            yield return ($"{kind}: flag {bit} is wrong", SmallWebP.Of([lying, .. parts]));

            for (var part = 0; part < parts.Length; part++)
                yield return ($"{kind}: flag {bit} is wrong, no {Name(parts[part])}", SmallWebP.Of([lying, .. Without(parts, part)]));
        }

        for (var part = 0; part < whole.Length; part++)
        {
            foreach (var (name, file) in Wrong(whole, part))
                yield return ($"{kind}: {Name(whole[part])} {part} {name}", file);
        }
    }

    private static IEnumerable<(string, byte[])> Wrong(byte[][] whole, int part)
    {
        var chunk = whole[part];
        var others = Without(whole, part);
        var second = chunk == Profile ? OtherProfile : chunk;
        yield return ("is missing", SmallWebP.Of(others));

        for (var place = 0; place <= others.Length; place++)
            yield return ($"is at {place}", SmallWebP.Of([.. others[..place], chunk, .. others[place..]]));
        for (var place = 0; place <= whole.Length; place++)
            yield return ($"is also at {place}", SmallWebP.Of([.. whole[..place], second, .. whole[place..]]));

        foreach (var (name, wrong) in WrongLengths(chunk))
            yield return (name, SmallWebP.Of([.. whole[..part], wrong, .. whole[(part + 1)..]]));
    }

    private static IEnumerable<(string, byte[])> WrongLengths(byte[] chunk)
    {
        var length = BitConverter.ToInt32(chunk, 4);
        var content = chunk[HeaderLength..(HeaderLength + length)];
        var tag = Name(chunk);
        yield return ("is empty", SmallWebP.Chunk(tag, []));
        yield return ("lacks a byte", SmallWebP.Chunk(tag, content[..^1]));
        yield return ("has a byte more", SmallWebP.Chunk(tag, [.. content, 7]));
        yield return ("has 40 bytes more", SmallWebP.Chunk(tag, [.. content, .. new byte[40]]));
        yield return ("states a byte less", [.. chunk[..4], .. SmallWebP.LittleEndian((uint)length - 1), .. chunk[HeaderLength..]]);
        yield return ("states a byte more", [.. chunk[..4], .. SmallWebP.LittleEndian((uint)length + 1), .. chunk[HeaderLength..]]);
        byte[] odd = [.. content, .. new byte[(content.Length + 1) % 2]];
        yield return ("is odd without padding", [.. chunk[..4], .. SmallWebP.LittleEndian((uint)odd.Length), .. odd]);
    }

    // The parts of one frame, and what may be between them.
    private IEnumerable<(string, byte[])> InFrame()
    {
        var header = SmallWebP.Extended(SmallWebP.AlphaFlag | SmallWebP.AnimationFlag | SmallWebP.ProfileFlag, width, height);
        byte[][] parts = [Unknown, Profile, Xmp, alpha, lossy];

        foreach (var (name, image) in Orders(parts))
            yield return ($"frame: {name}", SmallWebP.Of(header, Loops, Frame(lossless), Frame(image), Frame(lossless)));
        foreach (var part in new[] { alpha, lossy, lossless })
        {
            foreach (var (name, wrong) in WrongLengths(part))
            {
                byte[] image = part == alpha ? [.. wrong, .. lossy] : wrong;
                yield return ($"frame: {Name(part)} {name}", SmallWebP.Of(header, Loops, Frame(image)));
            }
        }
    }

    private static IEnumerable<(string, byte[])> Orders(byte[][] parts)
    {
        for (var first = 0; first < parts.Length; first++)
        {
            yield return (Name(parts[first]), parts[first]);

            for (var second = 0; second < parts.Length; second++)
            {
                yield return ($"{Name(parts[first])} {Name(parts[second])}", [.. parts[first], .. parts[second]]);

                for (var third = 0; third < parts.Length; third++)
                    yield return (
                        $"{Name(parts[first])} {Name(parts[second])} {Name(parts[third])}",
                        [.. parts[first], .. parts[second], .. parts[third]]);
            }
        }
    }

    // The chunks that follow the image in the simple format.
    private IEnumerable<(string, byte[])> Simple()
    {
        foreach (var image in new[] { lossy, lossless })
        {
            foreach (var (name, wrong) in WrongLengths(image))
                yield return ($"simple {Name(image)}: {name}", SmallWebP.Of(wrong));
            foreach (var after in new[] { Profile, Exif, Xmp, Unknown, lossy, lossless, [1, 2, 3, 4], [1, 2, 3, 4, 0, 0, 0, 0, 9] })
                yield return ($"simple {Name(image)}: {after.Length} bytes after it", SmallWebP.Of(image, after));
        }
    }

    private byte[] Frame(byte[] image) => SmallWebP.Frame(image, 0, 0, width, height);

    private static byte[][] Without(byte[][] parts, int part) => [.. parts[..part], .. parts[(part + 1)..]];

    private static string Name(byte[] chunk) => Encoding.ASCII.GetString(chunk, 0, 4);
}
