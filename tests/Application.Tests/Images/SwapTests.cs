using GameImages.Application.Images;
using GameImages.Testing;

namespace GameImages.Application.Tests.Images;

public sealed class SwapTests : UseCaseTests
{
    [Test]
    public async Task Two_games_that_swap_their_pictures_in_opposite_order_never_deadlock()
    {
        const int rounds = 2000;
        var (one, other) = (Pictures.Content(1), Pictures.Content(2));
        var first = await UseCases.CreateGameAsync(one, other);
        var second = await UseCases.CreateGameAsync(other, one);

        await Task.WhenAll(
            SwapAsync(first.Id, new(one, other), new(other, one)),
            SwapAsync(second.Id, new(other, one), new(one, other)));

        // A deadlock that a retry hides is still one.
        Assert.That(UseCases.Retries, Is.Zero);
        Assert.That((await CountAsync(first.ThumbnailId), await CountAsync(first.BannerImageId)), Is.EqualTo((2, 2)));

        Task SwapAsync(Guid game, GamePictures even, GamePictures odd) => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
                await UseCases.SendAsync(new UpdateGameImages(game, round % 2 == 0 ? odd : even));
        });
    }
}
