using GameImages.Domain.Images;

namespace GameImages.Domain.Tests.Images;

public sealed class ReferenceChangesTests
{
    private static readonly Guid One = Guid.NewGuid();
    private static readonly Guid Other = Guid.NewGuid();

    [Test]
    public void References_that_are_new_add_and_those_that_go_take_away() =>
        Assert.That(ReferenceChanges.Between([One], [Other]), Is.EquivalentTo(new Dictionary<Guid, int> { [One] = -1, [Other] = 1 }));

    [Test]
    public void Two_references_to_one_image_count_twice()
    {
        Assert.That(ReferenceChanges.Between([], [One, One]), Is.EquivalentTo(new Dictionary<Guid, int> { [One] = 2 }));
        Assert.That(ReferenceChanges.Between([One, One], [One]), Is.EquivalentTo(new Dictionary<Guid, int> { [One] = -1 }));
    }

    [Test]
    public void Images_that_stay_or_change_places_change_no_count()
    {
        Assert.That(ReferenceChanges.Between([One], [One]), Is.Empty);
        Assert.That(ReferenceChanges.Between([One, Other], [Other, One]), Is.Empty);
    }
}
