using GameImages.Application.Images;
using GameImages.Testing;

namespace GameImages.Application.Tests.Images;

public sealed class ReleaseImageTests : UseCaseTests
{
    [Test]
    public async Task A_release_lowers_the_count_by_one()
    {
        var id = await UseCases.SendAsync(new StoreImage(Pictures.Content(1)));
        await UseCases.SendAsync(new StoreImage(Pictures.Content(1)));
        await UseCases.SendAsync(new ReleaseImage(id));

        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    [Test]
    public async Task Releasing_the_last_reference_deletes_the_image()
    {
        var id = await UseCases.SendAsync(new StoreImage(Pictures.Content(2)));
        await UseCases.SendAsync(new ReleaseImage(id));

        Assert.That(await CountAsync(id), Is.Null);
    }

    [Test]
    public async Task Releasing_null_or_an_unknown_id_has_no_effect()
    {
        var id = await UseCases.SendAsync(new StoreImage(Pictures.Content(3)));
        await UseCases.SendAsync(new ReleaseImage(null));
        await UseCases.SendAsync(new ReleaseImage(Guid.NewGuid()));

        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    [Test]
    public async Task A_store_concurrent_with_the_last_release_leaves_one_image_with_one_reference()
    {
        var content = Pictures.Content(4);
        var id = await UseCases.SendAsync(new StoreImage(content));

        for (var round = 0; round < 300; round++)
        {
            var store = Task.Run(() => UseCases.SendAsync(new StoreImage(content)));
            var release = Task.Run(() => UseCases.SendAsync(new ReleaseImage(id)));
            await Task.WhenAll(store, release);
            id = await store;

            Assert.That(await CountAsync(id), Is.EqualTo(1), $"in round {round}");
        }

        Assert.That(UseCases.Retries, Is.Zero);
    }

    [Test]
    public async Task Concurrent_releases_delete_the_image_once()
    {
        for (var round = 0; round < 50; round++)
        {
            Guid id = default;
            for (var store = 0; store < 8; store++)
                id = await UseCases.SendAsync(new StoreImage(Pictures.Content(5)));

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => UseCases.SendAsync(new ReleaseImage(id)))));

            Assert.That(await CountAsync(id), Is.Null, $"in round {round}");
        }
    }
}
