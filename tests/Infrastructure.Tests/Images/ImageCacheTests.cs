using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class ImageCacheTests
{
    private const int Length = 9 * 1024;

    // The cache has room for a hundred images, including the memory that each one needs besides its content.
    private const int Capacity = 100 * 10 * 1024;

    private ImageCache cache = null!;

    [SetUp]
    public void Create_the_cache() => cache = new(Capacity);

    [Test]
    public void The_cache_never_exceeds_its_capacity()
    {
        for (var number = 0; number < 10_000; number++)
        {
            var image = Add(length: number * 7919 % 100_000);
            for (var hits = number % 5; hits > 0; hits--)
                cache.Find(image.Key);

            Assert.That(cache.Bytes, Is.LessThanOrEqualTo(Capacity));
        }

        Assert.That(cache.Bytes, Is.GreaterThan(Capacity / 2));
    }

    [Category("Long")]
    [Test]
    public void One_request_for_each_of_a_million_images_evicts_no_popular_image()
    {
        var hot = AddHot(80);

        for (var number = 0; number < 1_000_000; number++)
        {
            Add();

            // Sometimes a client requests one of the popular images.
            if (number % 100 == 0)
                cache.Find(hot[number / 100 % hot.Length].Key);
        }

        Assert.That(hot.Count(image => cache.Find(image.Key) is null), Is.Zero);
    }

    [Test]
    public void Newly_popular_images_evict_formerly_popular_ones()
    {
        var old = AddHot(80);
        var now = AddHot(80);

        for (var time = 0; time < 20; time++)
        {
            foreach (var image in now)
            {
                if (cache.Find(image.Key) is null)
                    cache.Add(image);
            }
        }

        Assert.That(now.Count(image => cache.Find(image.Key) is not null), Is.GreaterThan(70));
        Assert.That(old.Count(image => cache.Find(image.Key) is not null), Is.LessThan(30));
    }

    [Test]
    public void An_evicted_image_that_is_requested_again_stays()
    {
        AddHot(80);
        var image = Add();
        AddMany(100);
        Assert.That(cache.Find(image.Key), Is.Null);

        cache.Add(image);
        AddMany(1_000);
        Assert.That(cache.Find(image.Key), Is.SameAs(image));
    }

    [Test]
    public void Removing_an_image_frees_its_memory()
    {
        var image = Add();
        cache.Remove(image.Key.ImageId);
        cache.Remove(image.Key.ImageId);

        Assert.Multiple(() =>
        {
            Assert.That(cache.Find(image.Key), Is.Null);
            Assert.That(image.IsKept, Is.False);
            Assert.That(cache.Bytes, Is.Zero);
            Assert.That(cache.Images, Is.Zero);
        });
    }

    [Test]
    public void Adding_the_same_image_again_counts_it_once()
    {
        var image = Add();
        var bytes = cache.Bytes;
        cache.Add(new(image.Key, Row(Length), null!, keep: true));

        Assert.That(cache.Bytes, Is.EqualTo(bytes));
        Assert.That(cache.Images, Is.EqualTo(1));
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
            cache.Find(image.Key);

        return hot;
    }

    private CachedImage Add(int length = Length)
    {
        var image = new CachedImage(new(Guid.NewGuid()), Row(length), null!, keep: true);
        cache.Add(image);
        return image;
    }

    private static PublicImageRow Row(int length) => new(ImageFormat.Png, ContentHash.Of([]), length, null);
}
