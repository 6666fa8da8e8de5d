using GameImages.Application.Images;
using MediatR;

namespace GameImages.Application.Games;

/// <summary>Sets or removes a game's images.</summary>
/// <param name="ExpectedVersions">The versions that the game may have, or null for any.</param>
public sealed record UpdateGameImages(Guid Id, GameImageContents Images, IReadOnlyCollection<string>? ExpectedVersions = null)
    : IRequest<GameResponse>;

internal sealed class UpdateGameImagesHandler(IGameLedger ledger) : IRequestHandler<UpdateGameImages, GameResponse>
{
    public async Task<GameResponse> Handle(UpdateGameImages request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        var game = await work.LockGameAsync(request.Id, request.ExpectedVersions, cancellationToken);
        await request.Images.ShowOnAsync(game, work, cancellationToken);
        return await work.CommitUpdateAsync(game);
    }
}
