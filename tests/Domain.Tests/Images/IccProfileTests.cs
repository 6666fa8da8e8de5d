using System.Buffers.Binary;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Domain.Tests.Images;

/// <summary>A WebP file holds a color profile without compression, so these tests use one.</summary>
public sealed class IccProfileTests
{
    private const int CountAt = 128;
    private const int FirstEntryAt = CountAt + 4;
    private const int EntryLength = 12;

    private static readonly byte[] Payload = [.. Enumerable.Repeat("hidden! "u8.ToArray(), 1000).SelectMany(part => part)];

    [Test]
    public void A_profile_without_hidden_bytes_is_kept() => Assert.That(Kept(ColorProfile.Of()), Is.EqualTo(ColorProfile.Of()));

    [Test]
    public void A_description_is_kept_up_to_its_limit()
    {
        // The limit includes the other bytes of the description, and the eight bytes of its type.
        var longest = ColorProfile.Of(new string('x', 4096 - 91));
        var tooLong = ColorProfile.Of(new string('x', 4096));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kept(longest), Is.EqualTo(longest));
            Assert.That(Kept(tooLong), Has.Length.EqualTo(tooLong.Length).And.Not.EqualTo(tooLong));
            Assert.That(Kept(tooLong).AsSpan().IndexOf("xxx"u8), Is.Negative);
            Assert.That(Kept(tooLong).AsSpan().IndexOf("desc\0\0\0\0"u8), Is.Positive, "the type of the data");
        }
    }

    [Test]
    public void Bytes_behind_the_profile_are_removed() =>
        Assert.That(Kept([.. ColorProfile.Of(), .. Payload]), Is.EqualTo(ColorProfile.Of()));

    [Test]
    public void Bytes_that_no_tag_refers_to_become_zeros()
    {
        var kept = Kept(WithSize([.. ColorProfile.Of(), .. Payload]));
        Assert.That(kept, Is.EqualTo(WithSize([.. ColorProfile.Of(), .. new byte[Payload.Length]])));
    }

    [TestCase("curv")]
    [TestCase("XYZ ")]
    [TestCase("para")]
    public void Bytes_that_a_curve_or_a_point_does_not_need_become_zeros(string type)
    {
        byte[] data = [.. System.Text.Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, 0, 0, 0, 1, .. Payload];
        var profile = ColorProfile.Of();
        var start = profile.Length;
        profile = WithSize([.. profile, .. data]);
        var entry = Entry(profile, "rTRC");
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(entry + 4), start);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(entry + 8), data.Length);

        var kept = Kept(profile);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Has.Length.EqualTo(profile.Length));
            Assert.That(kept.AsSpan().IndexOf("hidden! hidden! hidden! hidden! hidden! "u8), Is.Negative);
        }
    }

    [Test]
    public void A_profile_with_too_many_tags_is_refused()
    {
        var profile = WithSize([.. ColorProfile.Of(), .. Payload]);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(CountAt), 101);
        Assert.That(Refusal(Image(profile)).Message, Does.Contain("101 tags"));
    }

    private static IEnumerable<TestCaseData<byte[]>> BrokenProfiles()
    {
        yield return Case("shorter than a header", [.. "<script>"u8]);
        yield return Case("no signature", Changed(36, 0));
        yield return Case("ends too early", ColorProfile.Of()[..^1]);
        yield return Case("ends within the table of tags", Changed(CountAt, 1));
        yield return Case("a tag starts behind the end", Changed(FirstEntryAt + 4, 0x7F));
        yield return Case("a tag ends behind the end", Changed(FirstEntryAt + 8, 0x7F));
        yield return Case("a tag is too short", ShortTag());

        static TestCaseData<byte[]> Case(string name, byte[] profile) => new(profile) { TestName = $"{{m}}({name})" };

        static byte[] Changed(int at, byte value)
        {
            var profile = ColorProfile.Of();
            profile[at] = value;
            return profile;
        }

        static byte[] ShortTag()
        {
            var profile = ColorProfile.Of();
            BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(FirstEntryAt + 8), 3);
            return profile;
        }
    }

    [TestCaseSource(nameof(BrokenProfiles))]
    public void A_profile_that_decoders_ignore_is_removed(byte[] profile) => Assert.That(Clean(Image(profile)), Is.EqualTo(Plain));

    private static byte[] Image(byte[] profile) => Of(Extended(ProfileFlag), Chunk("ICCP", profile), Lossy);

    private static byte[] Kept(byte[] profile)
    {
        var clean = Clean(Image(profile)).AsSpan();
        var at = clean.IndexOf("ICCP"u8);
        return clean.Slice(at + 8, BinaryPrimitives.ReadInt32LittleEndian(clean[(at + 4)..])).ToArray();
    }

    private static byte[] WithSize(byte[] profile)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        return profile;
    }

    private static int Entry(byte[] profile, string name)
    {
        var entry = FirstEntryAt;

        while (System.Text.Encoding.ASCII.GetString(profile, entry, 4) != name)
            entry += EntryLength;

        return entry;
    }
}
