using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallPng;

namespace GameImages.Domain.Tests.Images;

public sealed class PngProfileTests
{
    private static readonly byte[] Compressed = Compress(ColorProfile.Of());
    private static readonly byte[] Valid = Profile("Red is green", Compressed);

    [Test]
    public void A_color_profile_is_kept_before_the_image_data_and_once()
    {
        var other = Profile("other", Compressed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(With(Valid)), Is.EqualTo(With(Valid)));
            Assert.That(Clean(With(Valid, other)), Is.EqualTo(With(Valid)));
            Assert.That(Clean(Of(Header, Data, Valid, End)), Is.EqualTo(Plain));
        }
    }

    [Test]
    public void A_color_profile_is_kept_after_the_palette()
    {
        var image = Of(HeaderOf(Width, Height, colorType: 3), Chunk("PLTE", new byte[6]), Valid, DataOf(colorType: 3), End);
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    // Decoders look at the first one only, also if it is invalid.
    [Test]
    public void A_color_profile_after_an_invalid_one_is_removed()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var invalid in InvalidProfiles())
                Assert.That(Clean(With(Chunk("iCCP", invalid), Valid)), Is.EqualTo(Plain), Convert.ToHexString(invalid));
        }
    }

    [Test]
    public void A_long_name_is_replaced()
    {
        var name = new string('n', 80);
        Assert.That(Clean(With(Profile(name, Compressed))), Is.EqualTo(With(Profile("profile", Compressed))));
        Assert.That(Clean(With(Profile(name[..32], Compressed))), Is.EqualTo(With(Profile(name[..32], Compressed))));
    }

    [TestCase(1)]
    [TestCase(40)]
    [TestCase(4000)]
    public void Bytes_behind_a_color_profile_are_removed(int count) =>
        Assert.That(Clean(With(Profile("name", [.. Compressed, .. new byte[count]]))), Is.EqualTo(With(Profile("name", Compressed))));

    [Test]
    public void A_color_profile_whose_compressed_data_hides_bytes_is_compressed_again()
    {
        var random = new Random(17);
        var hiding = new SmallDeflate();

        for (var block = 0; block < 10; block++)
        {
            var bytes = new byte[8];
            random.NextBytes(bytes);
            hiding.EmptyDynamic(bytes);
        }

        var stream = hiding.Stored(ColorProfile.Of(), isLast: true).End(ColorProfile.Of());
        Assert.That(Clean(With(Profile("name", stream))), Is.EqualTo(With(Profile("name", Compressed))));
    }

    [Test]
    public void A_large_profile_has_a_limit()
    {
        var tooLarge = Compress([.. ColorProfile.Of(), .. new byte[5 * 1024 * 1024 + 8192]]);
        Assert.That(Refusal(With(Profile("large", tooLarge))).Message, Does.Contain("color profile"));
    }

    private static IEnumerable<byte[]> InvalidProfiles()
    {
        yield return [.. "name"u8];
        yield return [.. "preset dictionary\0\0"u8, 0x78, 0x20, 0, 0, 0, 1];
        yield return [.. "name\0"u8];
        yield return [.. "name\0\0"u8];
        yield return [.. "name\0\0profile"u8];
        yield return [.. "name\0\u0001"u8, .. Compressed];
        yield return [.. "\0\0"u8, .. Compressed];
        yield return [.. Enumerable.Repeat((byte)'n', 81), 0, 0, .. Compressed];
        yield return [.. "name\0\0"u8, .. Compressed[..^10]];
        yield return [.. "name\0\0"u8, .. Compressed[..^1]];
        yield return [.. "name\0\0"u8, .. Compress([.. "no profile"u8])];
    }

    private static byte[] Profile(string name, byte[] stream) =>
        Chunk("iCCP", [.. System.Text.Encoding.Latin1.GetBytes(name), 0, 0, .. stream]);
}
