using GameImages.Domain.Images;

namespace GameImages.Domain.Tests.Images;

public sealed class GameImageTests
{
    [Test]
    public void The_last_release_leaves_the_image_unreferenced()
    {
        var image = Image(references: 1);
        image.AddReference();
        image.Release();
        Assert.That(image.IsUnreferenced, Is.False);

        image.Release();
        Assert.That(image.IsUnreferenced, Is.True);
    }

    [Test]
    public void There_is_nothing_to_release_below_zero() => Assert.That(() => Image(references: 0).Release(), Throws.TypeOf<BrokenRuleException>());

    private static GameImage Image(int references) => new(Guid.NewGuid(), ContentHash.Of([1]), ImageFormat.Png, references);
}
