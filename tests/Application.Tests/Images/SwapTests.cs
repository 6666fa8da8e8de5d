using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Application.Tests.Images;

public sealed class SwapTests : UseCaseTests
{
    private const int Rounds = 2000;

    private static readonly ImageContent One = Pictures.Content(1);
    private static readonly ImageContent Other = Pictures.Content(2);

    [Test]
    public Task Two_games_that_swap_their_images_in_opposite_order_never_deadlock() =>
        NeverDeadlocksAsync(new(One, Other), new(Other, One));

    // Each game releases the image that the other one stores.
    [Test]
    public Task Two_games_that_exchange_their_thumbnails_never_deadlock() =>
        NeverDeadlocksAsync(new(One, default), new(Other, default));

    private async Task NeverDeadlocksAsync(GameImageContents even, GameImageContents odd)
    {
        var first = await UseCases.CreateGameAsync(One, Other);
        var second = await UseCases.CreateGameAsync(Other, One);

        var retries = UseCases.Retries;

        await Task.WhenAll(SwapAsync(first.Id, odd, even), SwapAsync(second.Id, even, odd));

        // A retry would hide a deadlock, so there must be no retry.
        Assert.That(UseCases.Retries, Is.EqualTo(retries));
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);

        Task SwapAsync(Guid game, GameImageContents before, GameImageContents after) => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
                await UseCases.SendAsync(new UpdateGameImages(game, round % 2 == 0 ? before : after));
        });
    }
}
