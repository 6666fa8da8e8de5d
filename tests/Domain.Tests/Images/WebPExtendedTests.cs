using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Domain.Tests.Images;

/// <summary>Chunks that are in the wrong place, or that the flags do not announce. The results are what Chromium shows.</summary>
public sealed class WebPExtendedTests
{
    private static readonly byte[] Profile = Chunk("ICCP", ColorProfile.Of());
    private static readonly byte[] OtherProfile = Chunk("ICCP", ColorProfile.Of("Another one"));
    private static readonly byte[] BrokenProfile = Chunk("ICCP", [1, 2, 3]);
    private static readonly byte[] Rotated = Chunk("EXIF", Convert.FromHexString("4D4D002A00000008000101120003000000010006000000000000"));
    private static readonly byte[] WithProfile = Of(Extended(ProfileFlag), Profile, Lossy);

    [Test]
    public void A_profile_after_the_image_is_moved_before_it()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Of(Extended(ProfileFlag), Lossy, Profile)), Is.EqualTo(WithProfile));
            Assert.That(
                Clean(Of(Extended(ProfileFlag | AnimationFlag), Animation, Frame(Lossy), Profile, Frame(Lossy))),
                Is.EqualTo(Of(Extended(ProfileFlag | AnimationFlag), Profile, Animation, Frame(Lossy), Frame(Lossy))));
        }
    }

    [Test]
    public void Only_the_first_profile_is_kept()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Of(Extended(ProfileFlag), Profile, OtherProfile, Lossy)), Is.EqualTo(WithProfile));
            Assert.That(Clean(Of(Extended(ProfileFlag), Profile, Lossy, OtherProfile)), Is.EqualTo(WithProfile));
            Assert.That(Clean(Of(Extended(ProfileFlag), BrokenProfile, Profile, Lossy)), Is.EqualTo(Plain));
        }
    }

    [Test]
    public void A_profile_that_is_not_announced_is_removed() =>
        Assert.That(Clean(Of(Extended(AlphaFlag), Profile, Alpha, Lossy)), Is.EqualTo(Of(Extended(AlphaFlag), Alpha, Lossy)));

    [Test]
    public void A_profile_for_other_colors_than_RGB_is_removed()
    {
        var profile = ColorProfile.Of();
        "GRAY"u8.CopyTo(profile.AsSpan(16));
        Assert.That(Clean(Of(Extended(ProfileFlag), Chunk("ICCP", profile), Lossy)), Is.EqualTo(Plain));
    }

    [Test]
    public void An_orientation_that_is_not_announced_is_removed() =>
        Assert.That(Clean(Of(Extended(0), Lossy, Rotated)), Is.EqualTo(Plain));

    [Test]
    public void An_alpha_channel_that_is_not_announced_is_removed() =>
        Assert.That(Clean(Of(Extended(0), Alpha, Lossy)), Is.EqualTo(Plain));

    [Test]
    public void The_flag_of_transparency_is_kept_if_a_lossless_image_contradicts_it()
    {
        var transparent = Chunk("VP8L", [.. LosslessContent(2, 2)[..4], 0x10, .. LosslessContent(2, 2)[5..]]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Of(Extended(AlphaFlag), Lossless)), Is.EqualTo(Of(Extended(AlphaFlag), Lossless)));
            Assert.That(Clean(Of(Extended(0), transparent)), Is.EqualTo(Of(Extended(0), transparent)));
            Assert.That(Clean(Of(Extended(AlphaFlag), transparent)), Is.EqualTo(Of(transparent)));
            Assert.That(Clean(Of(Extended(0), Lossless)), Is.EqualTo(Of(Lossless)));
        }
    }

    [Test]
    public void A_second_ANIM_is_removed()
    {
        var second = Chunk("ANIM", [1, 2, 3, 4, 5, 6]);
        Assert.That(
            Clean(Of(Extended(AnimationFlag), Animation, second, Frame(Lossy))),
            Is.EqualTo(Of(Extended(AnimationFlag), Animation, Frame(Lossy))));
    }

    [Test]
    public void A_frame_without_image_is_removed()
    {
        var image = Of(Extended(AnimationFlag), Animation, Frame([]), Frame(Lossy), Frame(Chunk("XMP ", [1])));
        var content = Read(image);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.Bytes.ToArray(), Is.EqualTo(Of(Extended(AnimationFlag), Animation, Frame(Lossy))));
            Assert.That(content.Frames, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_profile_inside_a_frame_counts_as_one_of_the_file() =>
        Assert.That(
            Clean(Of(Extended(ProfileFlag | AnimationFlag), Animation, Frame([.. Lossy, .. Profile]))),
            Is.EqualTo(Of(Extended(ProfileFlag | AnimationFlag), Profile, Animation, Frame(Lossy))));

    [Test]
    public void Chunks_of_a_still_image_that_belong_to_animations_are_removed() =>
        Assert.That(Clean(Of(Extended(0), Lossy, Animation, Frame(Lossy))), Is.EqualTo(Plain));
}
