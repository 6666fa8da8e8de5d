using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class ImageCacheTests
{
    private const int Length = 9 * 1024;

    // With what a picture takes besides its content, a hundred have room.
    private const int Capacity = 100 * 10 * 1024;

    private ImageCache cache = null!;

    [SetUp]
    public void Start_empty() => cache = new(Capacity);

    [Test]
    public void What_it_holds_never_has_more_bytes_than_it_may()
    {
        for (var number = 0; number < 10_000; number++)
        {
            var image = Add(length: number * 7919 % 100_000);
            for (var hits = number % 5; hits > 0; hits--)
                cache.Find(image.Id);

            Assert.That(cache.Bytes, Is.LessThanOrEqualTo(Capacity));
        }

        Assert.That(cache.Bytes, Is.GreaterThan(Capacity / 2));
    }

    [Category("Long")]
    [Test]
    public void Who_asks_once_for_each_of_a_million_pictures_drives_out_none_that_others_ask_for()
    {
        var hot = AddHot(80);

        for (var number = 0; number < 1_000_000; number++)
        {
            Add();

            // Now and then somebody asks for each of the hot ones.
            if (number % 100 == 0)
                cache.Find(hot[number / 100 % hot.Length].Id);
        }

        Assert.That(hot.Count(image => cache.Find(image.Id) is null), Is.Zero);
    }

    [Test]
    public void Pictures_that_nobody_asks_for_any_more_give_way_to_those_that_are_asked_for_now()
    {
        var old = AddHot(80);
        var now = AddHot(80);

        for (var time = 0; time < 20; time++)
        {
            foreach (var image in now)
            {
                if (cache.Find(image.Id) is null)
                    cache.Add(image);
            }
        }

        Assert.That(now.Count(image => cache.Find(image.Id) is not null), Is.GreaterThan(70));
        Assert.That(old.Count(image => cache.Find(image.Id) is not null), Is.LessThan(30));
    }

    [Test]
    public void One_that_had_to_go_and_is_asked_for_again_stays()
    {
        AddHot(80);
        var image = Add();
        AddMany(100);
        Assert.That(cache.Find(image.Id), Is.Null);

        cache.Add(image);
        AddMany(1_000);
        Assert.That(cache.Find(image.Id), Is.SameAs(image));
    }

    [Test]
    public void What_is_removed_lets_go_of_its_content_and_makes_room()
    {
        var image = Add();
        cache.Remove(image.Id);
        cache.Remove(image.Id);

        Assert.That((cache.Find(image.Id), image.IsKept, cache.Bytes, cache.Images), Is.EqualTo(((CachedImage?)null, false, 0L, 0)));
    }

    [Test]
    public void The_same_picture_counts_once()
    {
        var image = Add();
        var bytes = cache.Bytes;
        cache.Add(new(image.Id, Row(Length), null!, keep: true));

        Assert.That((cache.Bytes, cache.Images), Is.EqualTo((bytes, 1)));
    }

    private void AddMany(int count)
    {
        for (var number = 0; number < count; number++)
            Add();
    }

    private CachedImage[] AddHot(int count)
    {
        var hot = Enumerable.Range(0, count).Select(_ => Add()).ToArray();
        foreach (var image in hot.Concat(hot))
            cache.Find(image.Id);

        return hot;
    }

    private CachedImage Add(int length = Length)
    {
        var image = new CachedImage(Guid.NewGuid(), Row(length), null!, keep: true);
        cache.Add(image);
        return image;
    }

    private static PublicImageRow Row(int length) => new(ImageFormat.Png, ContentHash.Of([]), length, null);
}
