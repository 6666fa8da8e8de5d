using GameImages.Domain.Images;
using GameImages.Testing.Images;

namespace GameImages.Domain.Tests.Images;

public sealed class GameImageTests
{
    private static readonly Guid Id = Guid.Parse("6f9d1c3e-5f0a-4a55-9d0e-0b4f9a1c2d3e");
    private static readonly ContentHash Hash = ContentHash.FromDigest([0x1a, 0x2b, 0x3c, 0x4d, .. new byte[28]]);

    [Test]
    public void Each_added_reference_raises_the_count_by_one()
    {
        var image = Image(references: 1);
        image.AddReference();
        image.AddReference();

        Assert.Multiple(() =>
        {
            Assert.That(image.ReferenceCount, Is.EqualTo(3));
            Assert.That(image.CountDelta, Is.EqualTo(2));
        });
    }

    [Test]
    public void Each_released_reference_lowers_the_count_by_one()
    {
        var image = Image(references: 2);
        image.ReleaseReference();
        image.ReleaseReference();

        Assert.Multiple(() =>
        {
            Assert.That(image.ReferenceCount, Is.Zero);
            Assert.That(image.CountDelta, Is.EqualTo(-2));
        });
    }

    [Test]
    public void Adding_and_releasing_a_reference_leaves_no_delta()
    {
        var image = Image(references: 1);
        image.AddReference();
        image.ReleaseReference();

        Assert.That(image.CountDelta, Is.Zero);
    }

    [Test]
    public void Releasing_a_reference_of_an_image_without_references_is_refused()
    {
        var image = Image(references: 0);

        Assert.That(
            image.ReleaseReference,
            Throws.TypeOf<BrokenRuleException>().With.Message.EqualTo("An image has no reference left to release."));
        Assert.That(image.ReferenceCount, Is.Zero);
    }

    [Test]
    public void A_new_image_has_no_reference_and_a_random_id()
    {
        var content = ImageContent.Read(SmallPng.Plain, new());
        var image = GameImage.Of(content);
        var other = GameImage.Of(content);

        Assert.Multiple(() =>
        {
            Assert.That(image.ReferenceCount, Is.Zero);
            Assert.That(image.ContentHash, Is.EqualTo(content.Hash));
            Assert.That(image.Format, Is.EqualTo(content.Format));
            Assert.That(image.Size, Is.EqualTo(content.Size));
            Assert.That(image.Id.Version, Is.EqualTo(4));
            Assert.That(other.Id, Is.Not.EqualTo(image.Id));
        });
    }

    [TestCase(0, "0 references")]
    [TestCase(1, "1 reference")]
    [TestCase(2, "2 references")]
    public void The_text_of_an_image_has_its_id_short_hash_type_and_count(int references, string count) => Assert.That(
        Image(references).ToString(),
        Is.EqualTo($"image 6f9d1c3e-5f0a-4a55-9d0e-0b4f9a1c2d3e (1a2b3c4d, image/png, {count})"));

    private static GameImage Image(int references) => new(Id, Hash, ImageFormat.Png, new(640, 480), references);
}
