using System.Buffers.Binary;
using System.Text;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallJpeg;

namespace GameImages.Domain.Tests.Images;

/// <summary>A color profile comes in parts. Like browsers, cleaning takes the first profile that is whole.</summary>
public sealed class JpegProfileTests
{
    private static readonly byte[] Profile = ColorProfile.Of();
    private static readonly byte[] Other = ColorProfile.Of("Another one");
    private static readonly byte[] First = Part(1, 2, Profile[..300]);
    private static readonly byte[] Second = Part(2, 2, Profile[300..]);
    private static readonly byte[] InOnePart = Part(1, 1, Profile);

    [Test]
    public void A_profile_is_kept()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(With(InOnePart)), Is.EqualTo(With(InOnePart)));
            Assert.That(Clean(With(First, Second)), Is.EqualTo(With(First, Second)));
        }
    }

    [Test]
    public void A_profile_of_many_parts_is_kept()
    {
        var large = new byte[1_650_000];
        Profile.CopyTo(large, 0);
        BinaryPrimitives.WriteInt32BigEndian(large, large.Length);
        var parts = large.Chunk(65_519).ToArray();
        var image = With([.. parts.Select((part, i) => Part(i + 1, parts.Length, part))]);

        Assert.That(Clean(image), Is.EqualTo(image));
    }

    private static IEnumerable<TestCaseData<byte[], byte[]>> Placements()
    {
        yield return new(With(InOnePart, InOnePart), With(InOnePart)) { TestName = "{m}(twice)" };
        yield return new(With(InOnePart, Part(1, 1, Other)), With(InOnePart)) { TestName = "{m}(before another one)" };
        yield return new(With(First, Second, First), With(First, Second)) { TestName = "{m}(with a part again)" };
        yield return new(With(InOnePart, First, Second), With(InOnePart)) { TestName = "{m}(in one part and in two)" };
        yield return new(With(Second, First), With(InOnePart)) { TestName = "{m}(in the other order)" };
        yield return new(With(Part(1, 1, []), InOnePart), With(InOnePart)) { TestName = "{m}(after an empty part)" };
        yield return new(With(Part(1, 2, Profile[..99]), Part(2, 2, Profile[99..])), With(InOnePart)) { TestName = "{m}(in odd parts)" };
        yield return new(AfterFrame(InOnePart), AfterFrame(InOnePart)) { TestName = "{m}(after the frame header)" };
        yield return new(With(First, First, Second), Plain) { TestName = "{m}(with the first part twice)" };
        yield return new(With(First), Plain) { TestName = "{m}(without its second part)" };
        yield return new(With(First, Part(2, 3, Profile[300..])), Plain) { TestName = "{m}(with two numbers of parts)" };
        yield return new(With(Part(0, 1, Profile)), Plain) { TestName = "{m}(as part 0)" };
        yield return new(With(Part(2, 1, Profile)), Plain) { TestName = "{m}(as part 2 of 1)" };
        yield return new(With(Part(1, 0, Profile)), Plain) { TestName = "{m}(in 0 parts)" };
        yield return new(With(Part(1, 0, Profile), InOnePart), Plain) { TestName = "{m}(after a broken one)" };
        yield return new(Of(Plain[..^2], InOnePart, End), Plain) { TestName = "{m}(after the scan)" };
    }

    [TestCaseSource(nameof(Placements))]
    public void The_profile_that_browsers_use_is_kept(byte[] upload, byte[] expected) => Assert.That(Clean(upload), Is.EqualTo(expected));

    [TestCase("CMYK")]
    [TestCase("XYZ ")]
    public void A_profile_for_other_colors_is_removed(string colors)
    {
        var profile = Profile.ToArray();
        Encoding.ASCII.GetBytes(colors).CopyTo(profile, 16);

        Assert.That(Clean(With(Part(1, 1, profile))), Is.EqualTo(Plain));
    }

    private static byte[] AfterFrame(byte[] segment) => Of(Start, Density, Quantization, Frame, segment, Huffman, Scan, End);

    private static byte[] Part(int number, int count, byte[] content) =>
        Segment(0xE2, [.. "ICC_PROFILE\0"u8, (byte)number, (byte)count, .. content]);
}
